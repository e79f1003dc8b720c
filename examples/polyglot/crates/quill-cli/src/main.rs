fn main() {
    let text = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    if quill_core::words(&text) == 0 {
        eprintln!("usage: quill TEXT");
        std::process::exit(2);
    }
    println!("{}", quill_format::report(&text));
}
