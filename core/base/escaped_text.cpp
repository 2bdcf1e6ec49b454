#include "base/escaped_text.h"

#include <fmt/format.h>
#include <simdjson.h>

namespace vegadesk::base
{

std::string jsonText(std::string_view text)
{
    const bool isUtf8 = simdjson::validate_utf8(text.data(), text.size());
    std::string json = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
        } else if (byte >= 0x80 && !isUtf8) {
            json += "\\ufffd";
        } else {
            json += c;
        }
    }
    return json + '"';
}

std::string xmlText(std::string_view text)
{
    std::string out;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += letter;
        }
    }
    return out;
}

} // namespace vegadesk::base
