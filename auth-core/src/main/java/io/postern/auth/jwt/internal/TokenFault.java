package io.postern.auth.jwt.internal;

/** Why a token is not valid, with simplejwt's message (drf-contract VD-1 to VD-14) and the reason in events. */
public enum TokenFault {
    MALFORMED("jwt_malformed"),
    WRONG_TYP("jwt_wrong_typ", "Token has wrong type"),
    NO_KEY("jwt_no_key"),
    BAD_SIGNATURE("jwt_bad_signature"),
    BAD_IAT("jwt_bad_iat"),
    BAD_NBF("jwt_bad_nbf"),
    BAD_EXP("jwt_bad_exp"),
    NOT_YET_VALID("jwt_not_yet_valid"),
    EXPIRED("jwt_expired", "Token is expired"),
    REVOKED("jwt_revoked", "Token is blacklisted"),
    LIVES_TOO_LONG("jwt_lives_too_long"),
    WRONG_ISSUER("jwt_wrong_issuer"),
    WRONG_AUDIENCE("jwt_wrong_audience"),
    BAD_CLAIM("jwt_bad_claim"),
    NO_EXP("jwt_no_exp", "Token has no 'exp' claim"),
    NO_ID("jwt_no_id", "Token has no id"),
    CLAIM_MISSING("jwt_claim_missing"),
    NO_TYPE("jwt_no_type", "Token has no type"),
    WRONG_TYPE("jwt_wrong_type", "Token has wrong type");

    private final String reason;
    private final String message;

    TokenFault(String reason) {
        this(reason, "Token is invalid");
    }

    TokenFault(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    /** Returns the reason for events. */
    public String reason() {
        return reason;
    }

    /** Returns simplejwt's message. */
    public String message() {
        return message;
    }
}
