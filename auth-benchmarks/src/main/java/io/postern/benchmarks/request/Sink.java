package io.postern.benchmarks.request;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Takes what a request has produced, so that the JIT does not remove the work: it may not assume who reads the field. */
final class Sink {

    private static final VarHandle TAKEN;

    @SuppressWarnings("UnusedVariable") // written through the handle
    private @Nullable Object taken;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(Sink.class, "taken", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    void take(@Nullable Object value) {
        TAKEN.setOpaque(this, value);
    }
}
