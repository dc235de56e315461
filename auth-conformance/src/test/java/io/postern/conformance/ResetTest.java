package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.user.Device;
import org.junit.jupiter.api.Test;

/** What the hook that comes before each scenario leaves. */
class ResetTest {

    @Test
    void a_token_that_was_ended_before_the_reset_is_as_new() {
        Application application = new Application(Profile.ROTATE, Storage.inMemory());
        JwtTokens tokens = application.postern().jwt();
        TokenPair pair = tokens.issue(Person.ALL.get(0).user(), Device.unknown());
        assertThat(tokens.revoke(pair.refresh())).isEqualTo(new RevokeResult.Revoked());
        assertThat(tokens.verify(pair.refresh())).isEqualTo(new VerifyResult.Revoked());

        application.reset();

        assertThat(tokens.verify(pair.refresh())).isInstanceOf(VerifyResult.Valid.class);
    }
}
