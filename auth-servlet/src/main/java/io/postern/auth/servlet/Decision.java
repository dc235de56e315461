package io.postern.auth.servlet;

import io.postern.auth.Denial;

/** What the filter does with a dispatch. */
sealed interface Decision {

    /** Its target guards itself. */
    record Through() implements Decision {}

    /** It goes on as somebody, or as nobody. */
    record Granted(Grant grant) implements Decision {}

    /** It is answered. */
    record Denied(Denial denial) implements Decision {}
}
