#include "learning/model_file.h"

#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <type_traits>
#include <zlib.h>

namespace vegadesk::learning
{

namespace
{

static_assert(std::endian::native == std::endian::little, "the files are little-endian and are copied as they are");

constexpr std::array<char, 8> magic{'V', 'D', 'N', 'E', 'U', 'R', 'A', 'L'};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t byteOrder = 0x01020304;
/// The largest network's weights, and everything else: nothing longer is read.
constexpr std::uint64_t mostBytes =
    Network::mostHiddenLayers * (Network::widestLayer + 2) * Network::widestLayer * sizeof(float) +
    ModelFile::mostMetadataBytes + 65'536;

struct FileHeader {
    std::array<char, 8> magic;
    std::uint32_t version, byteOrder;
    std::uint64_t fileBytes;
    std::uint32_t inputs, layers, activation, metadataBytes;
    std::uint32_t bodyChecksum; // of all that follows the header
    std::uint32_t checksum;     // of all above
};
static_assert(std::is_trivially_copyable_v<FileHeader> && sizeof(FileHeader) == 48);
static_assert(std::is_trivially_copyable_v<Scaling> && sizeof(Scaling) == 16);

using Bytes = std::vector<std::byte>;

std::uint32_t checksumOf(std::span<const std::byte> bytes)
{
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint32_t headerChecksum(const FileHeader& header)
{
    return checksumOf(std::as_bytes(std::span(&header, 1)).first(offsetof(FileHeader, checksum)));
}

template<class T>
void append(Bytes& out, std::span<const T> values)
{
    const auto bytes = std::as_bytes(values);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

Bytes bodyOf(const ModelFile& file)
{
    Bytes out;
    append(out, std::span(file.network.inputs));
    append(out, std::span(&file.network.output, 1));
    for (const Layer& layer : file.network.layers) {
        const auto outputs = static_cast<std::uint32_t>(layer.outputs);
        append(out, std::span(&outputs, 1));
    }
    append(out, std::span(file.metadata));
    for (const Layer& layer : file.network.layers) {
        append(out, std::span(layer.weights));
        append(out, std::span(layer.bias));
    }
    return out;
}

/// Takes tables off the front of the bytes they are in.
class TableReader
{
public:
    explicit TableReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    template<class Container>
    bool take(std::size_t count, Container& out)
    {
        using T = typename Container::value_type;
        if (count > m_bytes.size() / sizeof(T))
            return false;
        out.resize(count);
        if (count > 0)
            std::memcpy(out.data(), m_bytes.data(), count * sizeof(T));
        m_bytes = m_bytes.subspan(count * sizeof(T));
        return true;
    }
    bool isAtEnd() const { return m_bytes.empty(); }

private:
    std::span<const std::byte> m_bytes;
};

tl::unexpected<base::Error> notRight(const std::string& path, std::string_view what, std::string_view detail = {})
{
    return base::fail(base::ErrorKind::Storage, "network file", path,
                      std::string(what) + "; put an intact copy in its place", detail);
}

base::Result<Bytes> readBytes(const std::string& path)
{
    std::error_code error;
    const std::filesystem::path place(path);
    if (!std::filesystem::is_regular_file(place, error))
        return base::fail(base::ErrorKind::NotFound, "network file", path, "there is no such file");
    const std::unique_ptr<std::FILE, decltype(&std::fclose)> in(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!in)
        return base::fail(base::ErrorKind::NotFound, "network file", path, "it may not be read", std::strerror(errno));
    const std::uintmax_t size = std::filesystem::file_size(place, error);
    if (error)
        return base::fail(base::ErrorKind::Storage, "network file", path, "it could not be read", error.message());
    if (size > mostBytes)
        return base::badInput("network file", path, "at most " + std::to_string(mostBytes) + " bytes");
    Bytes bytes(size);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), in.get()));
    return bytes;
}

base::Result<FileHeader> readHeader(const std::string& path, std::span<const std::byte> bytes)
{
    FileHeader header{};
    if (bytes.size() < sizeof magic || std::memcmp(bytes.data(), magic.data(), sizeof magic) != 0)
        return base::badInput("network file", path, "a file of a trained network");
    if (bytes.size() < sizeof header)
        return notRight(path, "it is cut off");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.byteOrder != byteOrder)
        return base::badInput("network file", path, "one of a machine of this byte order");
    if (header.version != version)
        return base::badInput("network file", path,
                              "version " + std::to_string(version) + " of the format, not " +
                                  std::to_string(header.version));
    if (header.checksum != headerChecksum(header))
        return notRight(path, "its header is damaged");
    if (bytes.size() < header.fileBytes)
        return notRight(path, "it is cut off");
    if (bytes.size() != header.fileBytes || checksumOf(bytes.subspan(sizeof header)) != header.bodyChecksum)
        return notRight(path, "its tables are damaged");
    return header;
}

/// Sizes are held within the limits before anything is made of them.
bool isRead(const FileHeader& header, std::span<const std::byte> body, ModelFile& out)
{
    if (header.inputs > Network::mostInputs || header.layers > Network::mostHiddenLayers + 1 ||
        header.metadataBytes > ModelFile::mostMetadataBytes || header.activation >= activationCount)
        return false;
    TableReader tables(body);
    std::vector<Scaling> output;
    std::vector<std::uint32_t> widths;
    if (!tables.take(header.inputs, out.network.inputs) || !tables.take(1, output) ||
        !tables.take(header.layers, widths) || !tables.take(header.metadataBytes, out.metadata))
        return false;
    out.network.output = output.front();
    out.network.activation = static_cast<Activation>(header.activation);
    std::size_t inputs = header.inputs;
    for (const std::uint32_t width : widths) {
        if (width > Network::widestLayer)
            return false;
        Layer& layer = out.network.layers.emplace_back();
        layer.inputs = inputs;
        layer.outputs = width;
        if (!tables.take(inputs * width, layer.weights) || !tables.take(width, layer.bias))
            return false;
        inputs = width;
    }
    return tables.isAtEnd();
}

base::Result<void> put(const std::string& beside, std::span<const std::byte> header, std::span<const std::byte> body)
{
    const auto failed = [&] {
        return base::fail(base::ErrorKind::Storage, "network file", beside, "it could not be written",
                          std::strerror(errno));
    };
    std::unique_ptr<std::FILE, decltype(&std::fclose)> out(std::fopen(beside.c_str(), "wb"), &std::fclose);
    if (!out)
        return failed();
    const bool isWritten = std::fwrite(header.data(), 1, header.size(), out.get()) == header.size() &&
                           std::fwrite(body.data(), 1, body.size(), out.get()) == body.size();
    const bool isClosed = std::fclose(out.release()) == 0; // what was still on its way may not fit on the disk
    if (!isWritten || !isClosed)
        return failed();
    return {};
}

} // namespace

base::Result<ModelFile> ModelFile::open(const std::string& path)
{
    const auto bytes = readBytes(path);
    if (!bytes)
        return tl::make_unexpected(bytes.error());
    const auto header = readHeader(path, *bytes);
    if (!header)
        return tl::make_unexpected(header.error());
    ModelFile out;
    if (!isRead(*header, std::span(*bytes).subspan(sizeof(FileHeader)), out))
        return notRight(path, "its tables do not add up");
    if (const auto result = check(out.network); !result)
        return notRight(path, "its tables do not add up to a network", result.error().message());
    return out;
}

base::Result<void> ModelFile::write(const std::string& path) const
{
    if (auto result = check(network); !result)
        return result;
    if (metadata.size() > mostMetadataBytes)
        return base::badInput("bytes of the network file's metadata", std::to_string(metadata.size()),
                              "0 to " + std::to_string(mostMetadataBytes));
    const Bytes body = bodyOf(*this);
    FileHeader header{};
    header.magic = magic;
    header.version = version;
    header.byteOrder = byteOrder;
    header.fileBytes = sizeof header + body.size();
    header.inputs = static_cast<std::uint32_t>(network.inputs.size());
    header.layers = static_cast<std::uint32_t>(network.layers.size());
    header.activation = static_cast<std::uint32_t>(network.activation);
    header.metadataBytes = static_cast<std::uint32_t>(metadata.size());
    header.bodyChecksum = checksumOf(body);
    header.checksum = headerChecksum(header);
    const std::string beside = path + ".new";
    if (auto result = put(beside, std::as_bytes(std::span(&header, 1)), body); !result)
        return result;
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error)
        return base::fail(base::ErrorKind::Storage, "network file", path, "it could not be written", error.message());
    return {};
}

} // namespace vegadesk::learning
