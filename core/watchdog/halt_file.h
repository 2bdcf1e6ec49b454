#pragma once

#include "base/error.h"
#include "base/time.h"

#include <string>
#include <string_view>

namespace vegadesk::watchdog
{

/// A file in the data folder that halts one environment, whatever account of it is open, as long as it is there: the trading
/// thread looks for it, also before the first order of a start. Only a person who resumes trading removes it. That it is there
/// is what counts; what it says is for people.
class HaltFile
{
public:
    /// Empty: there is none, and nothing halts.
    explicit HaltFile(std::string path = {}) : m_path(std::move(path)) {}
    /// Where it is: `environment` as desk::toText() names it.
    static HaltFile of(const std::string& dataDirectory, std::string_view environment);

    const std::string& path() const { return m_path; }
    bool isThere() const;
    /// Whole or not at all, and on the disk when it returns; on a full one it may be empty. Storage: why not even that.
    base::Result<void> write(base::Instant at, std::string_view by) const;
    /// Also fine where there is none. Storage: it is still there, and halts.
    base::Result<void> remove() const;

private:
    std::string m_path;
};

} // namespace vegadesk::watchdog
