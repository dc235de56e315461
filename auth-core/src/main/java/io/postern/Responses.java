package io.postern;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.ErrorFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Creates the responses of denials, and keeps some: requests are denied for few reasons, and an attacker's should cost
 * nothing to answer. A denial has one slot, from which another one may drive it out, so that what clients choose, such as a
 * method, neither fills the memory nor keeps the others out for long. Safe for use by several threads.
 */
final class Responses {

    private static final int SLOTS = 64;
    private static final int MAX_BODY = 1_024;

    private final ErrorFormat format;
    private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

    private record Known(Denial denial, AuthResponse response) {

        /** Compares all of which the response consists; one with a wait has not been kept. */
        boolean isOf(Denial other) {
            return denial.status() == other.status()
                    && denial.detail().equals(other.detail())
                    && denial.code().equals(other.code())
                    && denial.challenges().equals(other.challenges())
                    && denial.members().equals(other.members());
        }
    }

    Responses(ErrorFormat format) {
        this.format = format;
    }

    AuthResponse of(Denial denial) {
        if (denial.retryAfter().isPresent()) {
            return format.response(denial);
        }
        int slot = slot(denial);
        Known known = slots.get(slot);
        if (known != null && known.isOf(denial)) {
            return known.response();
        }
        AuthResponse created = format.response(denial);
        if (created.body().length <= MAX_BODY) {
            slots.set(slot, new Known(denial, created));
        }
        return created;
    }

    private static int slot(Denial denial) {
        List<Challenge> challenges = denial.challenges();
        int scheme = challenges.isEmpty() ? 0 : challenges.get(0).scheme().hashCode();
        int hash = 31 * (31 * denial.detail().hashCode() + denial.status()) + scheme;
        return (hash ^ hash >>> 16) & (SLOTS - 1);
    }
}
