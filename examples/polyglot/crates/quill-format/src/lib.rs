//! Renders counts for people.

/// `3 words in 1 sentence`.
pub fn report(text: &str) -> String {
    let (words, sentences) = (quill_core::words(text), quill_core::sentences(text));
    format!("{words} {} in {sentences} {}", noun(words, "word"), noun(sentences, "sentence"))
}

fn noun(count: usize, singular: &str) -> String {
    if count == 1 { singular.into() } else { format!("{singular}s") }
}
