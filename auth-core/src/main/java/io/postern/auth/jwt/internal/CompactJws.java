package io.postern.auth.jwt.internal;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the compact serialization, read strictly: three parts of canonical base64url, the first of them one JSON object
 * (RFC 7515, section 3.1). The payload stays undecoded until {@link #claims()} is called, which belongs after the
 * verification of the signature.
 *
 * <p><b>Security.</b> Prints nothing of the token. The array is not copied and must not be changed.
 *
 * @param header the protected header
 * @param text the token in ISO-8859-1
 * @param payloadStart where its payload starts
 * @param payloadEnd where its payload ends, and with it what is signed
 */
public record CompactJws(JwsHeader header, byte[] text, int payloadStart, int payloadEnd) {

    /** Returns a copy with another header, for a token whose header has members to be ignored. */
    public CompactJws withHeader(JwsHeader other) {
        return other == header ? this : new CompactJws(other, text, payloadStart, payloadEnd);
    }

    /** Returns the signature, possibly empty. */
    byte[] signature() {
        return Base64Url.decodeCanonical(text, payloadEnd + 1, text.length);
    }

    /** Parses the payload; returns null if it is not one strict JSON object. */
    public @Nullable Map<String, Object> claims() {
        try {
            return JsonReader.readObject(Base64Url.decodeCanonical(text, payloadStart, payloadEnd), JsonLimits.TOKEN);
        } catch (JsonException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "CompactJws[***]";
    }
}
