package io.postern.auth.oidc;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that are not public unicast, IPv6 addresses that embed such an IPv4 address included (IANA special-purpose
 * address registries, RFC 6890).
 */
final class InsideAddresses {

    private static final List<Block> IPV4 = List.of(
            new Block(0x00_00_00_00, 8), // 0.0.0.0: this host
            new Block(0x0A_00_00_00, 8), // 10.0.0.0: private
            new Block(0x64_40_00_00, 10), // 100.64.0.0: shared address space, RFC 6598
            new Block(0x7F_00_00_00, 8), // 127.0.0.0: loopback
            new Block(0xA9_FE_00_00, 16), // 169.254.0.0: link local, with the metadata services of clouds
            new Block(0xAC_10_00_00, 12), // 172.16.0.0: private
            new Block(0xC0_00_00_00, 24), // 192.0.0.0: protocol assignments
            new Block(0xC0_A8_00_00, 16), // 192.168.0.0: private
            new Block(0xC6_12_00_00, 15), // 198.18.0.0: benchmarks
            new Block(0xE0_00_00_00, 4), // 224.0.0.0: multicast
            new Block(0xF0_00_00_00, 4)); // 240.0.0.0: reserved, and broadcast

    private InsideAddresses() {}

    static boolean has(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == 4 ? has(bytes.getInt()) : has(address, bytes.getLong(), bytes.getLong());
    }

    private static boolean has(int ipv4) {
        return IPV4.stream().anyMatch(block -> block.has(ipv4));
    }

    private static boolean has(InetAddress address, long high, long low) {
        boolean uniqueLocal = high >>> 57 == 0xFC >>> 1; // fc00::/7
        boolean localTranslation = high >>> 16 == 0x0064_FF9B_0001L; // 64:ff9b:1::/48, RFC 8215
        boolean teredo = high >>> 32 == 0x2001_0000L; // 2001::/32, RFC 4380
        return address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || localTranslation
                || teredo
                || ipv4Within(high, low).filter(InsideAddresses::has).isPresent();
    }

    /** The JDK converts only {@code ::ffff:a.b.c.d} to IPv4; loopback and the unspecified address are 0.0.0.x here. */
    private static Optional<Integer> ipv4Within(long high, long low) {
        long middle = low >>> 32;
        boolean compatible = high == 0 && middle == 0; // ::a.b.c.d, RFC 4291
        boolean translated = high == 0 && middle == 0xFFFF_0000L; // ::ffff:0:a.b.c.d, RFC 2765
        boolean wellKnown = high == 0x0064_FF9B_0000_0000L && middle == 0; // 64:ff9b::a.b.c.d, RFC 6052
        if (compatible || translated || wellKnown) {
            return Optional.of((int) low);
        }
        boolean sixToFour = high >>> 48 == 0x2002; // 2002:aabb:ccdd::/48, RFC 3056
        return sixToFour ? Optional.of((int) (high >>> 16)) : Optional.empty();
    }

    /** A CIDR block. */
    private record Block(int first, int bits) {

        boolean has(int address) {
            return (address ^ first) >>> (Integer.SIZE - bits) == 0;
        }
    }
}
