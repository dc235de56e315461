package io.postern.auth.internal.request;

import io.postern.auth.Denial;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to an endpoint, read at its first use, so that a request that its policy refuses without the body
 * does not hold a thread until the client has sent it. It serves one request.
 */
public final class RequestBody {

    private final InputStream in;
    private final int limit;
    private byte @Nullable [] bytes;
    private @Nullable Denial failure;

    /**
     * Creates a body.
     *
     * @param in not closed
     * @param limit in bytes; a longer body is refused with 413
     */
    public RequestBody(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Returns the body, empty if it cannot be read. */
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = read();
            bytes = known;
        }
        return known;
    }

    /** Reads the body, and returns why it is refused, or empty. */
    public Optional<Denial> refuse() {
        bytes();
        return Optional.ofNullable(failure);
    }

    private byte[] read() {
        try {
            byte[] read = in.readNBytes(limit + 1);
            if (read.length <= limit) {
                return read;
            }
            failure = tooLarge();
        } catch (IOException | RuntimeException e) {
            // Truncated, or framed in a way that the server cannot read.
            failure = Denial.of(400, "The request body cannot be read.", "parse_error");
        }
        return new byte[0];
    }

    /** Returns the denial of a body above the limit. */
    public static Denial tooLarge() {
        return Denial.of(413, "Request body is too large.", "too_large");
    }

    @Override
    public String toString() {
        return "RequestBody";
    }
}
