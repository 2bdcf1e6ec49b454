#pragma once

#include <string>
#include <variant>
#include <vector>

namespace vegadesk::base
{

/// A number in a sentence, said with that many decimals.
struct SentenceNumber {
    double value = 0;
    int decimals = 0;
};
using SentencePart = std::variant<std::string, SentenceNumber>;

/// A sentence for the user with its parts apart, so that the window can say it in another language and with that
/// language's numbers. The core knows no translator: it says the English form, and writes that to journal and log.
struct Sentence {
    /// English; %1 to %9 stand for the parts. A literal in translatable(), or "%1" for words that came from elsewhere.
    const char* form = "";
    std::vector<SentencePart> parts = {};

    bool isEmpty() const { return *form == '\0'; }
    std::string english() const;
};

/// Marks a literal for translations/lupdate.cmake. The context is "Core", where desk::translated() looks.
constexpr const char* translatable(const char* /*context*/, const char* form)
{
    return form;
}

} // namespace vegadesk::base
