package io.postern.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.Device;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshSettingsTest {

    @Test
    void the_defaults_are_simplejwts_and_the_strict_ones_of_the_rfc() {
        RefreshSettings lenient = RefreshSettings.simplejwt();
        RefreshSettings strict = RefreshSettings.rfc();

        assertThat(lenient.mode()).isEqualTo(RotationMode.NONE);
        assertThat(lenient.acceptUnknown()).isTrue();
        assertThat(lenient.reuseGracePeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(strict.mode()).isEqualTo(RotationMode.ROTATE);
        assertThat(strict.acceptUnknown()).isFalse();
        assertThat(strict.maxFamilyLifetime()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void what_cannot_work_is_refused() {
        RefreshSettings settings = RefreshSettings.simplejwt();

        for (Duration grace : new Duration[] {Duration.ofMillis(-1), Duration.ofSeconds(61)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.withReuseGracePeriod(grace))
                    .withMessageContaining("reuseGracePeriod");
        }
        assertThat(settings.withReuseGracePeriod(Duration.ofSeconds(60)).reuseGracePeriod())
                .isEqualTo(Duration.ofMinutes(1));
        for (Duration longest : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.withMaxFamilyLifetime(longest))
                    .withMessageContaining("maxFamilyLifetime");
        }
    }

    @Test
    void a_device_is_cut_and_freed_of_control_characters() {
        FakeRequest request =
                FakeRequest.post().from("192.0.2.9").header("User-Agent", "a\u001b[31m\r\nb" + "\u0085".repeat(999));

        Device device = Device.of(request, "my\u202ephone\n");

        assertThat(device.address()).isEqualTo("192.0.2.9");
        assertThat(device.userAgent()).hasSize(256).doesNotContain("\u001b", "\r", "\n");
        assertThat(device.label()).startsWith("my").doesNotContain("\u202e", "\n");
        assertThat(Device.of(FakeRequest.post(), "").userAgent()).isEmpty();
    }
}
