-- | Counts words.
module Quill.Words (count) where

-- | Number of words, separated by white space.
count :: String -> Int
count = length . words
