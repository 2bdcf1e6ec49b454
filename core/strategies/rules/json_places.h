#pragma once

#include "base/error.h"

#include <cstddef>
#include <map>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace vegadesk::strategies
{

/// Where what a JSON text says stands in it, for errors that a person can go to: paths are JsonSection's, "legs[1].delta".
class JsonPlaces
{
public:
    /// `text` must outlive this.
    explicit JsonPlaces(const simdjson::padded_string& text);

    /// "line 7, column 12" of the key or element, or of the innermost object or list around one that is not there.
    std::string of(std::string_view path) const;
    /// Of where the text is no JSON any more; meaningless where it is.
    std::string ofFault() const;
    /// Errors: a key that stands twice in one object.
    base::Result<void> eachKeyOnce() const;

private:
    bool walk(simdjson::ondemand::value value, const std::string& path, std::size_t depth);
    bool walkObject(simdjson::ondemand::object object, const std::string& path, std::size_t depth);
    bool walkList(simdjson::ondemand::array list, const std::string& path, std::size_t depth);
    bool takeScalar(simdjson::ondemand::value value, simdjson::ondemand::json_type type);
    std::string words(std::size_t offset) const;
    std::size_t offsetOf(const char* at) const { return static_cast<std::size_t>(at - m_text.data()); }

    std::string_view m_text;
    std::map<std::string, std::size_t, std::less<>> m_offsets; ///< by path
    std::size_t m_reached = 0;                                 ///< the last token that was looked at
    std::optional<std::string> m_twice;                        ///< the first key that came again
    std::size_t m_again = 0;                                   ///< where
};

} // namespace vegadesk::strategies
