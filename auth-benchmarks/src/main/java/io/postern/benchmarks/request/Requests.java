package io.postern.benchmarks.request;

import io.postern.benchmarks.contender.Contender;
import io.postern.benchmarks.contender.Refused;
import io.postern.benchmarks.measure.Work;
import io.postern.benchmarks.stub.Credential;
import io.postern.benchmarks.stub.StubContext;
import io.postern.benchmarks.stub.StubRequest;
import io.postern.benchmarks.stub.StubResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a case, from its filter to a handler that reads the user. It is created only for a filter that grants the good
 * credentials and refuses the others. It serves one thread.
 */
public final class Requests implements Work {

    /** How many good credentials are checked: a hash of a password takes its time. */
    private static final int CHECKED = 2;

    private final Contender contender;
    private final List<Credential> sent;
    private final boolean granted;
    private final String path;
    private final Handler handler;
    private final Sink sink = new Sink();
    private int next;

    private Requests(Contender contender, List<Credential> sent, boolean granted, String path) {
        this.contender = contender;
        this.sent = sent;
        this.granted = granted;
        this.path = path;
        this.handler = new Handler(contender);
    }

    /**
     * Starts a filter, and checks it.
     *
     * @throws IllegalStateException if it refuses a good credential or grants another
     */
    public static Requests good(Contender contender) throws IOException, ServletException {
        return good(contender, StubRequest.PATH);
    }

    /** Starts and checks a filter for requests of another path. */
    public static Requests good(Contender contender, String path) throws IOException, ServletException {
        contender.filter().init(StubContext.filterConfig(contender.name()));
        Requests requests = new Requests(contender, contender.good(), true, path);
        requests.check();
        return requests;
    }

    /** Returns requests with the same checked filter, for another thread. */
    public Requests copy() {
        return new Requests(contender, sent, granted, path);
    }

    /** Returns requests with the same checked filter that all bring a credential which is refused. */
    Requests refused(Credential credential) {
        return new Requests(contender, List.of(credential), false, path);
    }

    Refused refused() {
        Refused refused = contender.refused();
        if (refused == null) {
            throw new IllegalStateException(contender.name() + " protects nothing");
        }
        return refused;
    }

    /** Returns the contender's name. */
    public String name() {
        return contender.name();
    }

    /** Sends requests; fails if one was answered otherwise than it has to be. */
    @Override
    public void run(int calls) throws IOException, ServletException {
        int before = handler.calls;
        for (int i = 0; i < calls; i++) {
            next = next + 1 == sent.size() ? 0 : next + 1;
            send(sent.get(next));
        }
        if (handler.calls - before != (granted ? calls : 0)) {
            throw new IllegalStateException(contender.name() + ": the handler was called " + (handler.calls - before)
                    + " times of " + calls + (granted ? "" : ", and none of these may be granted"));
        }
    }

    /** Sends one request, and returns its status. */
    int send(Credential credential) throws IOException, ServletException {
        StubRequest request = new StubRequest(credential, path);
        StubResponse response = new StubResponse();
        contender.filter().doFilter(request, response, handler);
        sink.take(request);
        sink.take(response);
        return response.getStatus();
    }

    private void check() throws IOException, ServletException {
        for (Credential credential :
                contender.good().subList(0, Math.min(CHECKED, contender.good().size()))) {
            handler.user = null;
            int status = send(credential);
            String user = handler.user;
            if (status != HttpServletResponse.SC_OK || user == null || !user.startsWith("ann")) {
                throw new IllegalStateException(
                        contender.name() + " answers " + status + " to a good credential, and the user is " + user);
            }
        }
        Refused refused = contender.refused();
        if (refused != null) {
            requireRefused("a missing", refused.missing());
            requireRefused("a damaged", refused.damaged());
            requireRefused("another scheme's", refused.wrongScheme());
        }
    }

    private void requireRefused(String which, Credential credential) throws IOException, ServletException {
        int before = handler.calls;
        int status = send(credential);
        if (handler.calls != before || status < 400 || status > 499) {
            throw new IllegalStateException(contender.name() + " lets " + which + " credential through: " + status);
        }
    }

    /** Reads the user as an application would. */
    private final class Handler implements FilterChain {

        private final Contender of;
        private int calls;
        private @Nullable String user;

        Handler(Contender of) {
            this.of = of;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response) {
            calls++;
            user = of.user().apply((HttpServletRequest) request);
            sink.take(user);
        }
    }
}
