#include "base/log.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <vector>

namespace vegadesk::base::log
{

namespace
{

spdlog::level::level_enum toSpdlog(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        return spdlog::level::err;
    case Level::Off:
        break;
    }
    return spdlog::level::off;
}

struct State {
    std::mutex mutex;
    std::shared_ptr<spdlog::logger> logger; // guarded by mutex, as is the next
    std::vector<std::string> hidden;
};

State& state()
{
    static State one;
    return one;
}

std::shared_ptr<spdlog::logger> makeLogger(Level level, const std::string& file, bool toStandardError)
{
    std::vector<spdlog::sink_ptr> sinks;
    if (toStandardError)
        sinks.push_back(std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    if (!file.empty())
        sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, 5 * 1024 * 1024, 5));
    auto logger = std::make_shared<spdlog::logger>("vegadesk", sinks.begin(), sinks.end());
    logger->set_level(toSpdlog(level));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v");
    logger->flush_on(spdlog::level::warn);
    return logger;
}

/// Shorter secrets stand in other words by chance: they are hidden where they are a word of their own, or nothing of a
/// line would be left.
constexpr std::size_t hiddenAnywhereFrom = 6;

bool isWordLetter(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// Whether what stands at [first, last) does not go on in the letters beside it.
bool isWholeWord(std::string_view text, std::size_t first, std::size_t last)
{
    const bool goesOnBefore = first > 0 && isWordLetter(text[first - 1]) && isWordLetter(text[first]);
    const bool goesOnAfter = last < text.size() && isWordLetter(text[last - 1]) && isWordLetter(text[last]);
    return !goesOnBefore && !goesOnAfter;
}

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos;) {
        const std::size_t last = at + what.size();
        const bool isHidden = what.size() >= hiddenAnywhereFrom || isWholeWord(text, at, last);
        if (isHidden)
            text.replace(at, what.size(), with);
        at = text.find(what, at + (isHidden ? with.size() : 1));
    }
}

} // namespace

void configure(Level level, const std::string& file, bool toStandardError)
{
    auto logger = makeLogger(level, file, toStandardError);
    const std::scoped_lock lock(state().mutex);
    state().logger = std::move(logger);
}

bool parseLevel(std::string_view text, Level& level)
{
    if (text == "debug")
        level = Level::Debug;
    else if (text == "info")
        level = Level::Info;
    else if (text == "warning")
        level = Level::Warning;
    else if (text == "error")
        level = Level::Error;
    else if (text == "off")
        level = Level::Off;
    else
        return false;
    return true;
}

void hide(std::string_view secret)
{
    if (secret.empty())
        return;
    const std::scoped_lock lock(state().mutex);
    std::vector<std::string>& hidden = state().hidden;
    if (std::ranges::find(hidden, secret) != hidden.end())
        return;
    // Longest first: a secret that begins with another would otherwise leave its tail in the text.
    hidden.insert(std::ranges::find_if(hidden, [&](const std::string& each) { return each.size() < secret.size(); }),
                  std::string(secret));
}

std::string redact(std::string_view text)
{
    std::string out(text);
    {
        const std::scoped_lock lock(state().mutex);
        for (const std::string& secret : state().hidden)
            replaceAll(out, secret, "(hidden)");
    }
    constexpr std::string_view bearer = "bearer ";
    const auto findBearer = [&](std::size_t from) {
        const auto sameLetter = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
        const auto found = std::search(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), bearer.begin(),
                                       bearer.end(), sameLetter);
        return found == out.end() ? std::string::npos : static_cast<std::size_t>(found - out.begin());
    };
    for (std::size_t at = findBearer(0); at != std::string::npos; at = findBearer(at + bearer.size())) {
        const std::size_t first = at + bearer.size();
        const std::size_t last = out.find_first_of(" \"',;\r\n", first);
        out.replace(first, (last == std::string::npos ? out.size() : last) - first, "(hidden)");
    }
    return out;
}

void write(Level level, std::string_view text)
{
    std::shared_ptr<spdlog::logger> logger;
    {
        const std::scoped_lock lock(state().mutex);
        if (!state().logger)
            state().logger = makeLogger(Level::Warning, {}, true);
        logger = state().logger;
    }
    if (logger->should_log(toSpdlog(level)))
        logger->log(toSpdlog(level), redact(text));
}

} // namespace vegadesk::base::log
