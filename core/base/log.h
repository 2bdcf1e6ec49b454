#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace vegadesk::base::log
{

enum class Level { Debug, Info, Warning, Error, Off };

/// Where lines go. Without a call: warnings and worse to standard error.
/// `file` empty: no file. Files rotate at 5 MB, five are kept.
void configure(Level level, const std::string& file = {}, bool toStandardError = true);
bool parseLevel(std::string_view text, Level& level);

/// Any later line that contains `secret` shows "(hidden)" in its place. One of fewer than 6 characters is hidden where it is
/// a word of its own: between blanks, quotes, signs; inside longer words it stays, because there it is chance. An empty
/// one is none.
void hide(std::string_view secret);
/// `text` with everything hidden that hide() knows, and with whatever looks like a bearer token.
std::string redact(std::string_view text);

void write(Level level, std::string_view text);

template<class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args)
{
    write(Level::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template<class... Args>
void info(fmt::format_string<Args...> format, Args&&... args)
{
    write(Level::Info, fmt::format(format, std::forward<Args>(args)...));
}
template<class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args)
{
    write(Level::Warning, fmt::format(format, std::forward<Args>(args)...));
}
template<class... Args>
void error(fmt::format_string<Args...> format, Args&&... args)
{
    write(Level::Error, fmt::format(format, std::forward<Args>(args)...));
}

} // namespace vegadesk::base::log
