package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.family;
import static io.postern.auth.testkit.ContractFamilies.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.Rotation.Snapshot;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table to which {@link Rotation#decide} and every {@link TokenFamilyStore} are held: what is on record, a
 * rotation, and its result. Times are relative to the use of the token {@code a} or the start of the family.
 *
 * @param name the name of the row
 * @param given what is on record
 * @param rotation the rotation
 * @param expected its result
 */
record RotationCase(String name, Given given, Rotation rotation, Result expected) {

    private static final Result REUSED = new Result.Reused();
    private static final Result REVOKED = new Result.Revoked();
    private static final Result UNKNOWN = new Result.Unknown();

    /** What is on record: a family {@code f} that ends 90 days after its start. */
    enum Given {
        /** No family. */
        NOTHING,
        /** The live token {@code a}. */
        LIVE,
        /** The token {@code a}, and the family is revoked. */
        REVOKED,
        /** The token {@code a} was exchanged for {@code b}. */
        USED,
        /** The token {@code b} was issued for {@code a}, which is still live. */
        REISSUED
    }

    static List<RotationCase> all() {
        return List.of(
                of("a live token is rotated", Given.LIVE, "a").rotated(),
                of("a live token stays valid beside its successor", Given.LIVE, "a")
                        .mode(RotationMode.REISSUE)
                        .rotated(),
                of("a live token stays the current one", Given.LIVE, "a")
                        .mode(RotationMode.NONE)
                        .next(token("a"))
                        .rotated(),
                of("a successor is rotated", Given.USED, "b").rotated(),
                of("an older live token is rotated", Given.REISSUED, "a").rotated(),
                of("a newer live token is rotated", Given.REISSUED, "b").rotated(),
                of("a used token is reuse", Given.USED, "a").gives(REUSED),
                of("a used token is reuse in any mode", Given.USED, "a")
                        .mode(RotationMode.REISSUE)
                        .gives(REUSED),
                of("a used token is reuse though unknown ones are accepted", Given.USED, "a")
                        .acceptingUnknown()
                        .gives(REUSED),
                of("a used token is repeated within the grace period", Given.USED, "a")
                        .grace(5)
                        .at(4)
                        .repeated(),
                of("a used token is repeated in the instant of its use", Given.USED, "a")
                        .grace(5)
                        .repeated(),
                of("a used token is reuse at the end of the grace period", Given.USED, "a")
                        .grace(5)
                        .at(5)
                        .gives(REUSED),
                of("a use ahead by the grace period is repeated", Given.USED, "a")
                        .grace(5)
                        .at(-5)
                        .repeated(),
                of("a use further ahead than the grace period is reuse", Given.USED, "a")
                        .grace(5)
                        .at(-6)
                        .gives(REUSED),
                of("a use ahead is reuse without a grace period", Given.USED, "a")
                        .at(-1)
                        .gives(REUSED),
                of("the same rotation again has the same result", Given.USED, "a")
                        .next(token("b"))
                        .rotated(),
                of("the same successor at another time is reuse", Given.USED, "a")
                        .at(1)
                        .next(token("b"))
                        .gives(REUSED),
                of("a token of a revoked family is revoked", Given.REVOKED, "a").gives(REVOKED),
                of("an unknown token of a revoked family is revoked", Given.REVOKED, "x")
                        .acceptingUnknown()
                        .grace(60)
                        .gives(REVOKED),
                of("another security stamp revokes the family", Given.LIVE, "a")
                        .stamp("other")
                        .gives(REVOKED),
                of("another security stamp revokes it though the token is unknown", Given.LIVE, "x")
                        .stamp("other")
                        .gives(REVOKED),
                of("another security stamp takes precedence over the grace period", Given.USED, "a")
                        .stamp("other")
                        .grace(5)
                        .gives(REVOKED),
                of("a family is refreshed until its end", Given.LIVE, "a")
                        .later(ContractFamilies.lifetime().minusSeconds(1))
                        .gives(new Result.Rotated(new TokenRecord(
                                "n",
                                NOW.plus(ContractFamilies.lifetime()).minusSeconds(1),
                                NOW.plus(ContractFamilies.lifetime())))),
                of("a family that has reached its end is revoked", Given.LIVE, "a")
                        .later(ContractFamilies.lifetime())
                        .gives(REVOKED),
                of("a successor expires when the family ends", Given.LIVE, "a")
                        .next(new TokenRecord("n", NOW, NOW.plus(Duration.ofDays(1000))))
                        .gives(new Result.Rotated(new TokenRecord("n", NOW, NOW.plus(ContractFamilies.lifetime())))),
                of("an unknown token is unknown", Given.LIVE, "x").gives(UNKNOWN),
                of("an unknown token is rotated if accepted", Given.LIVE, "x")
                        .acceptingUnknown()
                        .rotated(),
                of("a token of an unknown family is unknown", Given.NOTHING, "a")
                        .gives(UNKNOWN),
                of("a token of an unknown family starts it if accepted", Given.NOTHING, "a")
                        .acceptingUnknown()
                        .rotated(),
                of("an accepted token stays valid beside its successor", Given.NOTHING, "a")
                        .acceptingUnknown()
                        .mode(RotationMode.REISSUE)
                        .rotated(),
                of("the successor of an accepted token expires when the family ends", Given.NOTHING, "a")
                        .acceptingUnknown()
                        .next(new TokenRecord("n", NOW, NOW.plus(Duration.ofDays(1000))))
                        .gives(new Result.Rotated(new TokenRecord("n", NOW, NOW.plus(ContractFamilies.lifetime())))));
    }

    /** Returns what is on record, as a store reads it. */
    @Nullable
    Snapshot snapshot() {
        if (given == Given.NOTHING) {
            return null;
        }
        boolean second = given == Given.USED || given == Given.REISSUED;
        String id = rotation.presented().id();
        boolean used = given == Given.USED && id.equals("a");
        boolean live = id.equals("a") || (second && id.equals("b"));
        TokenState state = used ? TokenState.USED : live ? TokenState.LIVE : TokenState.UNKNOWN;
        return new Snapshot(
                family("f", "u"),
                given == Given.REVOKED,
                token(second ? "b" : "a"),
                state,
                used ? Optional.of(NOW) : Optional.empty());
    }

    /** Puts on record what is given, carries out the rotation, and checks its result and its effect. */
    void check(TokenFamilyStore store) {
        prepare(store);

        assertThat(store.rotate(rotation)).isEqualTo(expected);

        assertThat(store.stateOf("f", rotation.presented().id())).isEqualTo(presentedAfterwards());
        assertThat(store.stateOf("f", rotation.successor().id())).isEqualTo(successorAfterwards());
    }

    private void prepare(TokenFamilyStore store) {
        ContractFamilies families = ContractFamilies.in(store);
        if (given != Given.NOTHING) {
            families.started();
        }
        switch (given) {
            case REVOKED -> store.revokeFamily("u", "f");
            case USED -> families.rotate("a", "b");
            case REISSUED -> families.mode(RotationMode.REISSUE).rotate("a", "b");
            default -> {}
        }
    }

    private TokenState presentedAfterwards() {
        if (expected.revokesFamily()) {
            return TokenState.REVOKED;
        }
        if (expected instanceof Result.Rotated) {
            return rotation.mode() == RotationMode.ROTATE ? TokenState.USED : TokenState.LIVE;
        }
        Snapshot before = snapshot();
        return before == null ? TokenState.UNKNOWN : before.state();
    }

    private TokenState successorAfterwards() {
        if (expected.revokesFamily()) {
            return TokenState.REVOKED;
        }
        return expected instanceof Result.Rotated ? TokenState.LIVE : TokenState.UNKNOWN;
    }

    private static Builder of(String name, Given given, String presented) {
        return new Builder(name, given, presented);
    }

    private static final class Builder {

        private final String name;
        private final Given given;
        private final TokenRecord presented;
        private RotationMode mode = RotationMode.ROTATE;
        private Duration grace = Duration.ZERO;
        private Duration later = Duration.ZERO;
        private String stamp = "s";
        private boolean acceptUnknown;
        private @Nullable TokenRecord next;

        Builder(String name, Given given, String presented) {
            this.name = name;
            this.given = given;
            this.presented = token(presented);
        }

        Builder mode(RotationMode value) {
            mode = value;
            return this;
        }

        Builder grace(int seconds) {
            grace = Duration.ofSeconds(seconds);
            return this;
        }

        Builder at(int seconds) {
            return later(Duration.ofSeconds(seconds));
        }

        Builder later(Duration value) {
            later = value;
            return this;
        }

        Builder stamp(String value) {
            stamp = value;
            return this;
        }

        Builder acceptingUnknown() {
            acceptUnknown = true;
            return this;
        }

        Builder next(TokenRecord value) {
            next = value;
            return this;
        }

        RotationCase rotated() {
            return gives(new Result.Rotated(successor()));
        }

        RotationCase repeated() {
            return gives(new Result.Repeated(token("b"), ContractFamilies.LAPTOP));
        }

        RotationCase gives(Result expected) {
            Instant now = NOW.plus(later);
            TokenFamily family = new TokenFamily(
                    "f",
                    "u",
                    stamp,
                    ContractFamilies.LAPTOP,
                    now,
                    now,
                    presented.expires(),
                    now.plus(ContractFamilies.lifetime()));
            Rotation rotation = new Rotation(family, presented, successor(), now, grace, mode, acceptUnknown);
            return new RotationCase(name, given, rotation, expected);
        }

        private TokenRecord successor() {
            Instant now = NOW.plus(later);
            return next == null ? new TokenRecord("n", now, now.plus(ContractFamilies.DAY)) : next;
        }
    }
}
