#pragma once

#include "base/error.h"

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace vegadesk::history
{

/// A file's bytes, mapped: pages come in as they are read, and nothing is copied. The file must not be cut off while it is
/// open (ours are replaced by renaming, which leaves the old one as it is).
class MappedFile
{
public:
    MappedFile() = default;
    /// Errors: NotFound where there is none or it may not be read, Storage where it cannot be mapped.
    static base::Result<MappedFile> open(const std::string& path);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::span<const std::byte> m_bytes; // an empty file maps nothing
};

/// A text file's letters, unpacked where it is gzip.
class TextFile
{
public:
    /// Errors: as MappedFile; a gzip file that is not intact or unpacks to more than 16 GB; Cancelled while it unpacks.
    static base::Result<TextFile> open(const std::string& path, const std::stop_token& stop = {});
    std::string_view text() const;

private:
    MappedFile m_file;
    std::string m_unpacked;
    bool m_isPacked = false;
};

} // namespace vegadesk::history
