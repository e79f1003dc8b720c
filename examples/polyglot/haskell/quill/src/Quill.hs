-- | Measures text.
module Quill (readingTime) where

import qualified Quill.Words as Words

-- | Minutes that a reader needs at 200 words a minute.
readingTime :: String -> Double
readingTime text = fromIntegral (Words.count text) / 200
