//! Counts what a text is made of.

/// Number of words, separated by white space.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Number of sentences: runs of text that end with `.`, `!` or `?`, and a last one without an end.
pub fn sentences(text: &str) -> usize {
    text.split(['.', '!', '?']).filter(|part| !part.trim().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(words("one two  three"), 3);
        assert_eq!(sentences("One. Two? Three"), 3);
    }
}
