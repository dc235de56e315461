package io.postern.benchmarks.stub;

import java.util.Enumeration;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An enumeration of one element. */
@SuppressWarnings("JdkObsolete") // as the servlet API has it
final class One implements Enumeration<String> {

    private @Nullable String element;

    One(String element) {
        this.element = element;
    }

    @Override
    public boolean hasMoreElements() {
        return element != null;
    }

    @Override
    public String nextElement() {
        String next = element;
        if (next == null) {
            throw new NoSuchElementException();
        }
        element = null;
        return next;
    }
}
