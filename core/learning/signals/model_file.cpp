#include "learning/signals/model_file.h"

#include "base/content_hash.h"
#include "base/escaped_text.h"
#include "learning/signals/features.h"

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <simdjson.h>
#include <sstream>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::string_view format = "vegadesk-signal";
constexpr std::int64_t formatVersion = 1;

std::string hashOfText(std::string_view text)
{
    base::ContentHash hash;
    hash.words(text);
    return hash.text();
}

std::string headerOf(const Trained& trained, std::size_t treesBytes)
{
    const Schema& schema = trained.report.schema;
    std::string features;
    for (const std::string& name : schema.features)
        features += (features.empty() ? "" : ", ") + base::jsonText(name);
    return fmt::format(
        R"({{"format": {}, "format_version": {}, "schema": {{"target": {}, "feature_version": {}, "regimes_by_implied": {}, "features": [{}]}}, "trees_bytes": {}, "report": {}}})",
        base::jsonText(format), formatVersion, base::jsonText(infoOf(schema.target).name), schema.version,
        schema.regimesByImplied, features, treesBytes, jsonOf(trained.report));
}

/// Reads members of a header that its hash has vouched for; the first that is not as it must be stays.
class Reader
{
public:
    Reader(simdjson::dom::element root, std::string path) : m_root(root), m_path(std::move(path)) {}

    template<class T>
    T get(std::string_view pointer)
    {
        T value{};
        if (m_root.at_pointer(pointer).get(value) != simdjson::SUCCESS && !m_error)
            m_error = base::badInput(fmt::format("{} {}", m_path, pointer), "", "a figure or text that its format has")
                          .value();
        return value;
    }
    std::string text(std::string_view pointer) { return std::string(get<std::string_view>(pointer)); }
    /// NaN for null.
    double number(std::string_view pointer)
    {
        simdjson::dom::element found;
        const bool isNull = m_root.at_pointer(pointer).get(found) == simdjson::SUCCESS && found.is_null();
        return isNull ? market::unknown : get<double>(pointer);
    }
    base::Date date(std::string_view pointer)
    {
        const auto read = base::parseDate(text(pointer), m_path + " " + std::string(pointer));
        if (!read && !m_error)
            m_error = read.error();
        return read.value_or(base::Date{});
    }
    const std::optional<base::Error>& error() const { return m_error; }

private:
    simdjson::dom::element m_root;
    std::string m_path;
    std::optional<base::Error> m_error;
};

SignalInfo readInfo(Reader& reader, const Schema& schema)
{
    SignalInfo info;
    info.target = schema.target;
    info.features = schema.features;
    info.needsChains = needChains(info.features);
    info.source = reader.text("/report/source");
    info.dataHash = reader.text("/report/data_hash");
    info.seed = reader.get<std::uint64_t>("/report/settings/seed");
    info.trainedUntil = reader.date("/report/trained_until");
    info.area = reader.number("/report/auc");
    info.areaLow = reader.number("/report/auc_low");
    info.areaHigh = reader.number("/report/auc_high");
    info.chance = reader.number("/report/p_value");
    info.brier = reader.number("/report/calibrated/brier");
    info.brierOfRate = reader.number("/report/calibrated/brier_of_base_rate");
    info.hasSignal = reader.get<bool>("/report/has_signal");
    info.isDemonstration = reader.get<bool>("/report/is_demonstration");
    info.verdict = reader.text("/report/verdict");
    info.demonstration = reader.text("/report/demonstration");
    for (const simdjson::dom::element each : reader.get<simdjson::dom::array>("/report/importance")) {
        std::string_view feature;
        double share = 0;
        if (each["feature"].get(feature) == simdjson::SUCCESS && each["share"].get(share) == simdjson::SUCCESS)
            info.importance.push_back({std::string(feature), share});
    }
    info.reportJson = simdjson::minify(reader.get<simdjson::dom::object>("/report"));
    return info;
}

base::Result<Schema> readSchema(Reader& reader, const std::string& path)
{
    Schema schema;
    schema.version = static_cast<int>(reader.get<std::int64_t>("/schema/feature_version"));
    schema.regimesByImplied = reader.get<bool>("/schema/regimes_by_implied");
    for (const simdjson::dom::element each : reader.get<simdjson::dom::array>("/schema/features")) {
        std::string_view name;
        if (each.get(name) == simdjson::SUCCESS)
            schema.features.emplace_back(name);
    }
    const std::string target = reader.text("/schema/target");
    if (reader.error())
        return tl::make_unexpected(*reader.error());
    if (schema.version != featureVersion)
        return base::badInput("feature version of " + path, fmt::format("{}", schema.version),
                              fmt::format("{}, this program's: train the signal again", featureVersion));
    const auto known = targetNamed(target);
    if (!known)
        return tl::make_unexpected(known.error());
    schema.target = *known;
    if (const auto specs = featuresNamed(schema.features); !specs) {
        base::Error error = specs.error();
        error.field = fmt::format("feature in {}", path);
        return tl::make_unexpected(std::move(error));
    }
    return schema;
}

/// The two parts of a file whose hash is right.
struct Parts {
    std::string_view header, trees;
};

base::Result<Parts> partsOf(std::string_view content, const std::string& path)
{
    const auto refuse = [&](std::string_view what, std::string_view allowed) {
        return base::badInput("signal " + path, what, allowed);
    };
    if (content.find(format) == std::string_view::npos || content.find(format) > 40)
        return refuse("", "a file that training a signal wrote");
    if (!content.ends_with('\n'))
        return refuse("cut off", "a whole file");
    const std::size_t lastLine = content.rfind('\n', content.size() - 2);
    const std::size_t firstEnd = content.find('\n');
    if (lastLine == std::string_view::npos || firstEnd >= lastLine)
        return refuse("cut off", "a whole file");
    const std::string_view body = content.substr(0, lastLine + 1);
    const std::string wanted = fmt::format("{{\"hash\": \"{}\"}}\n", hashOfText(body));
    if (content.substr(lastLine + 1) != wanted)
        return refuse("damaged", "the content that its last line's hash is of");
    return Parts{body.substr(0, firstEnd), body.substr(firstEnd + 1, body.size() - firstEnd - 2)};
}

base::Result<std::string> contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::ErrorKind::NotFound, "signal", path, "a file that can be read");
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
}

} // namespace

base::Result<void> saveSignal(const std::string& path, const Trained& trained)
{
    const auto trees = trained.model.trees.text();
    if (!trees)
        return tl::make_unexpected(trees.error());
    const std::string body = headerOf(trained, trees->size()) + "\n" + *trees + "\n";
    const std::string beside = path + ".new";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << body << fmt::format("{{\"hash\": \"{}\"}}\n", hashOfText(body)) << std::flush;
    const bool isWritten = static_cast<bool>(file);
    file.close();
    std::error_code error;
    if (isWritten)
        std::filesystem::rename(beside, path, error);
    if (isWritten && !error)
        return {};
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return base::fail(base::ErrorKind::Storage, "signal", path, "a file that can be written", error.message());
}

base::Result<StoredSignal> loadSignal(const std::string& path)
{
    const auto content = contentOf(path);
    if (!content)
        return tl::make_unexpected(content.error());
    const auto parts = partsOf(*content, path);
    if (!parts)
        return tl::make_unexpected(parts.error());
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(simdjson::padded_string(parts->header)).get(root) != simdjson::SUCCESS)
        return base::badInput("header of " + path, "", "JSON");
    Reader reader(root, path);
    const auto version = reader.get<std::int64_t>("/format_version");
    if (!reader.error() && version != formatVersion)
        return base::badInput("format version of " + path, fmt::format("{}", version),
                              fmt::format("{}", formatVersion));
    const auto schema = readSchema(reader, path);
    if (!schema)
        return tl::make_unexpected(schema.error());
    SignalInfo info = readInfo(reader, *schema);
    const Calibration calibration{reader.get<double>("/report/calibration/slope"),
                                  reader.get<double>("/report/calibration/offset")};
    const double foldArea = reader.number("/report/auc_out_of_fold");
    if (reader.error())
        return tl::make_unexpected(*reader.error());
    auto trees = BoostedTrees::fromText(parts->trees, schema->features.size());
    if (!trees)
        return tl::make_unexpected(trees.error());
    return StoredSignal{*schema, {std::move(*trees), calibration, foldArea}, std::move(info)};
}

base::Result<void> requireSchema(const StoredSignal& signal, const Schema& wanted)
{
    if (const std::string difference = differenceOf(signal.schema, wanted); !difference.empty())
        return base::badInput("schema of the signal", difference, "the schema of the data it is asked about");
    return {};
}

base::Result<void> mayBeArmedLive(const SignalInfo& info)
{
    if (info.isDemonstration)
        return base::fail(base::ErrorKind::Refused, "signal", infoOf(info.target).name, info.demonstration);
    return {};
}

} // namespace vegadesk::learning::market_signals
