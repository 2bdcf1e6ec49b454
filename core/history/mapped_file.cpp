#include "history/mapped_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace vegadesk::history
{

namespace
{

constexpr std::size_t mostBytes = std::size_t{1} << 34;

struct Descriptor {
    explicit Descriptor(int file) : number(file) {}
    ~Descriptor()
    {
        if (number >= 0)
            ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

bool isGzip(std::span<const std::byte> bytes)
{
    return bytes.size() > 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

base::Result<std::string> unpack(const std::string& path, const std::stop_token& stop)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    if (!file)
        return base::fail(base::ErrorKind::NotFound, "file", path, "it may not be read");
    constexpr unsigned bufferBytes = 1 << 18;
    gzbuffer(file.get(), bufferBytes);
    std::string text;
    std::array<char, 1 << 16> block;
    int count = 0;
    while ((count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
        text.append(block.data(), static_cast<std::size_t>(count));
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "data", path, "reading was cancelled");
        if (text.size() > mostBytes)
            return base::badInput("file", path, "at most 16 GB of text");
    }
    int code = Z_OK;
    const char* const why = gzerror(file.get(), &code);
    if (count < 0 || (code != Z_OK && code != Z_STREAM_END))
        return base::fail(base::ErrorKind::Storage, "file", path, "not an intact gzip file", why);
    return text;
}

} // namespace

base::Result<MappedFile> MappedFile::open(const std::string& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts = {};
    if (file.number < 0 || ::fstat(file.number, &facts) != 0 || S_ISDIR(facts.st_mode))
        return base::fail(base::ErrorKind::NotFound, "file", path,
                          std::filesystem::exists(path) ? "it may not be read" : "there is no such file");
    MappedFile out;
    const auto size = static_cast<std::size_t>(facts.st_size);
    if (size == 0)
        return out;
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (start == MAP_FAILED)
        return base::fail(base::ErrorKind::Storage, "file", path, "it could not be mapped", std::strerror(errno));
    ::madvise(start, size, MADV_SEQUENTIAL);
    out.m_bytes = {static_cast<const std::byte*>(start), size};
    return out;
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

base::Result<TextFile> TextFile::open(const std::string& path, const std::stop_token& stop)
{
    auto file = MappedFile::open(path);
    if (!file)
        return tl::make_unexpected(file.error());
    TextFile out;
    if (isGzip(file->bytes())) {
        auto text = unpack(path, stop);
        if (!text)
            return tl::make_unexpected(text.error());
        out.m_unpacked = std::move(*text);
        out.m_isPacked = true;
    } else {
        out.m_file = std::move(*file);
    }
    return out;
}

std::string_view TextFile::text() const
{
    if (m_isPacked)
        return m_unpacked;
    const std::span<const std::byte> bytes = m_file.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace vegadesk::history
