fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    println!("{{\"words\":{},\"sentences\":{}}}", quill_core::words(&text), quill_core::sentences(&text));
}
