//! Any bytes make a sound document: no panic, no span outside the text, the same answer twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_read::document::carriers;
use sayso_read::{Carrier, document};

fuzz_target!(|bytes: &[u8]| {
    let read = document(bytes, &Carrier::default());
    assert_eq!(read.faults(), vec![]);
    assert_eq!(read.id, document(bytes, &Carrier::default()).id);
    for page in carriers::open(bytes, None, None, 1 << 20).take(100).flatten() {
        assert_eq!(page.read().faults(), vec![]);
    }
});
