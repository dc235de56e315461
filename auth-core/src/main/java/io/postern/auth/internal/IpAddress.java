package io.postern.auth.internal;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IP address, parsed from any notation without a look-up: dotted-decimal IPv4 without leading zeros; IPv6 in any case and
 * any compression, in brackets or not, with a zone or an IPv4 part (RFC 4291, section 2.2). An IPv4-mapped IPv6 address is
 * the IPv4 address. {@link #toString} returns the notation of RFC 5952.
 */
public final class IpAddress {

    private static final int MAX_CHARS = 64;
    private static final int IPV4_BYTES = 4;
    private static final int GROUPS = 8;

    /** The groups of IPv6, or the bytes of IPv4. */
    private final int[] parts;

    private final String zone;

    private IpAddress(int[] parts, String zone) {
        this.parts = parts;
        this.zone = zone;
    }

    /** Parses an address without a port; empty if the value is none. Takes time in proportion to at most 64 chars. */
    public static Optional<IpAddress> parse(String value) {
        if (value.length() > MAX_CHARS) {
            return Optional.empty();
        }
        boolean bracketed = value.startsWith("[") && value.endsWith("]");
        if (!bracketed && value.indexOf(':') < 0) {
            return ipv4(value).map(bytes -> new IpAddress(bytes, ""));
        }
        String bare = bracketed ? value.substring(1, value.length() - 1) : value;
        int percent = bare.indexOf('%');
        String zone = percent < 0 ? "" : bare.substring(percent + 1);
        if (percent >= 0 && (zone.isEmpty() || !zone.chars().allMatch(IpAddress::isZone))) {
            return Optional.empty();
        }
        return groups(percent < 0 ? bare : bare.substring(0, percent)).map(groups -> of(groups, zone));
    }

    /** Returns the notation of RFC 5952 for an address; returns any other value unchanged. */
    public static String canonical(String value) {
        return isDottedDecimal(value)
                ? value
                : parse(value).map(IpAddress::toString).orElse(value);
    }

    /** Digits and dots are an IPv4 address, which has one notation, or not an address: either way nothing is to change. */
    private static boolean isDottedDecimal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Returns whether this is an IPv6 address that is not IPv4-mapped. */
    public boolean isIpv6() {
        return parts.length == GROUPS;
    }

    /** Returns whether this has a zone, as link-local addresses may. */
    public boolean hasZone() {
        return !zone.isEmpty();
    }

    /** Returns the network of an IPv6 address in CIDR notation, for instance {@code 2001:db8::/64}; its zone is dropped. */
    public String network(int bits) {
        int[] network = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            int kept = Math.min(16, Math.max(0, bits - 16 * i));
            network[i] = parts[i] & (0xFFFF << (16 - kept)) & 0xFFFF;
        }
        return new IpAddress(network, "") + "/" + bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(parts, address.parts) && zone.equals(address.zone);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(parts) + zone.hashCode();
    }

    @Override
    public String toString() {
        if (!isIpv6()) {
            return parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[3];
        }
        int[] zeros = longestZeros();
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < GROUPS) {
            if (i == zeros[0]) {
                text.append("::");
                i += zeros[1];
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(parts[i]));
                i++;
            }
        }
        return zone.isEmpty() ? text.toString() : text + "%" + zone;
    }

    /** Returns start and length of the first longest run of two zero groups or more; the start is -1 without one. */
    private int[] longestZeros() {
        int[] best = {-1, 1};
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            length = parts[i] == 0 ? length + 1 : 0;
            if (length > best[1]) {
                best = new int[] {i - length + 1, length};
            }
        }
        return best;
    }

    private static IpAddress of(int[] groups, String zone) {
        boolean mapped = zone.isEmpty() && groups[5] == 0xFFFF;
        for (int i = 0; i < 5; i++) {
            mapped &= groups[i] == 0;
        }
        return mapped
                ? new IpAddress(new int[] {groups[6] >> 8, groups[6] & 0xFF, groups[7] >> 8, groups[7] & 0xFF}, "")
                : new IpAddress(groups, zone);
    }

    private static Optional<int[]> groups(String value) {
        int gap = value.indexOf("::");
        if (gap < 0) {
            int[] all = new int[GROUPS];
            return read(value, all, true) == GROUPS ? Optional.of(all) : Optional.empty();
        }
        int[] head = new int[GROUPS];
        int[] tail = new int[GROUPS];
        int before = gap == 0 ? 0 : read(value.substring(0, gap), head, false);
        int after = gap + 2 == value.length() ? 0 : read(value.substring(gap + 2), tail, true);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return Optional.empty();
        }
        System.arraycopy(tail, 0, head, GROUPS - after, after);
        return Optional.of(head);
    }

    /** Reads groups between colons, the last of which may be an IPv4 address; returns how many, or -1. */
    private static int read(String value, int[] target, boolean mayEndInIpv4) {
        int count = 0;
        int start = 0;
        while (start <= value.length()) {
            int colon = value.indexOf(':', start);
            int end = colon < 0 ? value.length() : colon;
            String group = value.substring(start, end);
            if (colon < 0 && mayEndInIpv4 && group.indexOf('.') >= 0) {
                Optional<int[]> bytes = ipv4(group);
                if (bytes.isEmpty() || count > GROUPS - 2) {
                    return -1;
                }
                target[count++] = bytes.get()[0] << 8 | bytes.get()[1];
                target[count++] = bytes.get()[2] << 8 | bytes.get()[3];
                return count;
            }
            int number = number(group, 16, 4);
            if (number < 0 || count == GROUPS) {
                return -1;
            }
            target[count++] = number;
            start = end + 1;
        }
        return count;
    }

    private static Optional<int[]> ipv4(String value) {
        int[] bytes = new int[IPV4_BYTES];
        int start = 0;
        for (int i = 0; i < IPV4_BYTES; i++) {
            int dot = value.indexOf('.', start);
            boolean last = i == IPV4_BYTES - 1;
            if (last != dot < 0) {
                return Optional.empty();
            }
            String digits = value.substring(start, last ? value.length() : dot);
            bytes[i] = digits.length() > 1 && digits.charAt(0) == '0' ? -1 : number(digits, 10, 3);
            if (bytes[i] < 0 || bytes[i] > 255) {
                return Optional.empty();
            }
            start = dot + 1;
        }
        return Optional.of(bytes);
    }

    /** Returns -1 if the value has no digit, too many, or another character. */
    private static int number(String digits, int radix, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static boolean isZone(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
    }
}
