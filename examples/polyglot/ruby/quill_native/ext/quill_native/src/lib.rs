//! The C interface that the gem loads.

/// Number of words in `length` bytes of UTF-8 at `text`; 0 for bytes that are not UTF-8.
///
/// # Safety
/// `text` must point to `length` readable bytes.
#[no_mangle]
pub unsafe extern "C" fn quill_words(text: *const u8, length: usize) -> usize {
    let bytes = std::slice::from_raw_parts(text, length);
    std::str::from_utf8(bytes).map_or(0, quill_core::words)
}
