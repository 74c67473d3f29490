//! Which addresses are those of public servers, and which lead to this machine or its neighbours.
//!
//! A page that is read may name any address, and a redirect may lead to any. What only this machine can reach is not
//! for the page to ask for. The blocks are those of IANA's registries of special-purpose addresses (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks that no public server has: the first address, and how many leading bits the block shares.
const SPECIAL_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // behind a carrier's translator
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, where clouds keep their secrets
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // relays of 6to4, given up
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, and broadcast
];

/// The same within `2000::/3`, outside of which no public server is.
const SPECIAL_V6: &[([u16; 8], u32)] = &[
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments, Teredo among them
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4, which carries any address of version 4
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

/// Translators to version 4: the last 32 bits are the address that is reached.
const TO_V4: ([u16; 8], u32) = ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);

/// Whether a server at this address may be a public one.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !SPECIAL_V4.iter().any(|&(first, shared)| (bits ^ u32::from_be_bytes(first)) >> (32 - shared) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let bits = u128::from(address);
    let within = |&(first, shared): &([u16; 8], u32)| {
        (bits ^ u128::from(Ipv6Addr::from(first))) >> (128 - shared) == 0
    };
    if within(&TO_V4) {
        return is_public_v4(Ipv4Addr::from(bits as u32));
    }
    bits >> 125 == 1 && !SPECIAL_V6.iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(address: &str) -> bool {
        is_public(address.parse().expect("an address"))
    }

    #[test]
    fn the_edges_of_every_block() {
        for (inside, outside) in [
            ("0.255.255.255", "1.0.0.0"),
            ("10.0.0.0", "9.255.255.255"),
            ("10.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("127.0.0.1", "126.255.255.255"),
            ("127.255.255.255", "128.0.0.0"),
            ("169.254.169.254", "169.253.255.255"),
            ("169.254.255.255", "169.255.0.0"),
            ("172.16.0.0", "172.15.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("192.0.0.255", "192.0.1.0"),
            ("192.0.2.255", "192.0.3.0"),
            ("192.88.99.1", "192.88.98.255"),
            ("192.168.255.255", "192.169.0.0"),
            ("198.19.255.255", "198.20.0.0"),
            ("198.51.100.0", "198.51.99.255"),
            ("203.0.113.255", "203.0.114.0"),
            ("224.0.0.0", "223.255.255.255"),
            ("255.255.255.255", "8.8.8.8"),
            ("::", "2606:4700::1111"),
            ("::1", "2a00::"),
            ("fc00::1", "2000::"),
            ("fdff::1", "2003::1"),
            ("fe80::1", "2400::1"),
            ("fec0::1", "2a02::1"),
            ("ff02::1", "2c00::1"),
            ("2001::", "2001:200::"),
            ("2001:1ff:ffff::", "2001:4860::8888"),
            ("2001:db8:ffff::", "2001:db9::"),
            ("2002:7f00:1::", "2003::"),
            ("3fff:fff::", "3fff:1000::"),
            ("4000::", "3ffe::"),
            ("100::1", "2600::1"),
            ("5f00::1", "2620:fe::fe"),
        ] {
            assert!(!public(inside), "{inside} is special");
            assert!(public(outside), "{outside} is public");
        }
    }

    #[test]
    fn version_4_within_version_6_is_what_it_leads_to() {
        for special in
            ["::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::a9fe:a9fe", "::127.0.0.1", "64:ff9b:1::1"]
        {
            assert!(!public(special), "{special}");
        }
        assert!(public("::ffff:8.8.8.8") && public("64:ff9b::808:808"));
    }
}
