#include "command.h"
#include "interrupt.h"
#include "option_checks.h"
#include "train_report.h"

#include "desk/report_files.h"
#include "learning/training/course.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <thread>
#include <unistd.h>

namespace vegadesk::cli
{

namespace
{

/// "4x400", "4x64:silu".
base::Result<learning::NetShape> shapeFrom(const std::string& spec)
{
    constexpr std::array<std::string_view, learning::activationCount> names{"relu", "silu", "softplus"};
    const auto refuse = [&] {
        return base::badInput(
            "--net", spec,
            fmt::format("layers x width and what is between them, such as 4x400:relu or 4x64:silu; up to {} "
                        "layers of {}, {}",
                        learning::Network::mostHiddenLayers, learning::Network::widestLayer, fmt::join(names, ", ")));
    };
    learning::NetShape out;
    out.activation = learning::Activation::Silu;
    const char* const end = spec.data() + spec.size();
    const auto [cross, noLayers] = std::from_chars(spec.data(), end, out.layers);
    if (noLayers != std::errc{} || cross == end || *cross != 'x')
        return refuse();
    const auto [rest, noWidth] = std::from_chars(cross + 1, end, out.width);
    if (noWidth != std::errc{})
        return refuse();
    if (rest != end) {
        const auto named =
            std::ranges::find(names, std::string_view(rest, static_cast<std::size_t>(end - rest)).substr(1));
        if (*rest != ':' || named == names.end())
            return refuse();
        out.activation = static_cast<learning::Activation>(named - names.begin());
    }
    const auto isWithin = [](int value, std::size_t most) {
        return value > 0 && static_cast<std::size_t>(value) <= most;
    };
    if (!isWithin(out.layers, learning::Network::mostHiddenLayers) ||
        !isWithin(out.width, learning::Network::widestLayer))
        return refuse();
    return out;
}

/// Of one side where a command makes both: "heston.network" is then heston_put.network.
std::string fileOf(const std::string& path, std::string_view side)
{
    if (path.empty() || side.empty())
        return path;
    const std::filesystem::path whole(path);
    return (whole.parent_path() / fmt::format("{}_{}{}", whole.stem().string(), side, whole.extension().string()))
        .string();
}

class TrainCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    int report();
    int train();
    base::Result<learning::TrainedModel> trainSide(std::string_view side, const learning::TrainerPlugin& trainer);
    base::Result<learning::CourseSettings> settings(std::string_view side) const;
    void show(const learning::CourseProgress& progress);
    base::Result<void> plot(const learning::TrainedModel& model, std::string_view side = {}) const;
    void print(std::span<const learning::TrainedModel> models) const;

    std::string m_teacher, m_net = "4x64:silu", m_out, m_report, m_device = "cpu", m_folder, m_plot;
    std::size_t m_samples = 1'000'000, m_heldOut = 100'000;
    int m_epochs = 100, m_batch = 1024, m_patience = 0;
    int m_threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    double m_rate = 3e-3, m_finalRate = 1e-6, m_slopeWeight = 0;
    std::uint64_t m_seed = 1;
    bool m_asJson = false;
    std::stop_source m_stop;
    std::chrono::steady_clock::time_point m_shownAt{};
};

void TrainCommand::describe(CLI::App& app)
{
    std::string teachers;
    for (const auto& each : learning::teachers())
        teachers += fmt::format("  {:<22}{}\n", each->id(), each->about());
    app.add_option("--teacher", m_teacher, "What the network learns, by name")
        ->excludes(
            app.add_option("--report", m_report,
                           "Instead of training: measure this network again and print its report; --out keeps it "
                           "with what was found"));
    app.add_option("--net", m_net, "Hidden layers x width, and what is between them: relu, silu or softplus")
        ->capture_default_str();
    app.add_option("--samples", m_samples, "Prices to learn from")
        ->check(checkedNumber<std::size_t>(100, 100'000'000, "100 to 100000000"))
        ->capture_default_str();
    app.add_option("--held-out", m_heldOut, "Prices to stop by, and as many again to report on")
        ->check(checkedNumber<std::size_t>(100, 100'000'000, "100 to 100000000"))
        ->capture_default_str();
    app.add_option("--epochs", m_epochs, "Times that every sample is seen")->capture_default_str();
    app.add_option("--batch", m_batch, "Samples a step")->capture_default_str();
    app.add_option("--rate", m_rate, "Adam's step at its largest")->capture_default_str();
    app.add_option("--final-rate", m_finalRate, "Adam's step at the end")->capture_default_str();
    app.add_option("--slopes", m_slopeWeight,
                   "What slopes count beside prices, where the teacher gives them (differential labels): 0 to 1000")
        ->capture_default_str();
    app.add_option("--patience", m_patience,
                   "Epochs without a better held-out error before it ends; 0: all of them run")
        ->capture_default_str();
    app.add_option("--seed", m_seed, "Of samples and first weights")->check(anySeed())->capture_default_str();
    app.add_option("--threads", m_threads, "Threads to use")
        ->check(checkedNumber(1, 1024, "1 to 1024"))
        ->capture_default_str();
    app.add_option("--device", m_device, "cpu, or cuda where LibTorch has it")->capture_default_str();
    app.add_option("--out", m_out, "File for the network; while it trains a checkpoint stands beside it");
    app.add_option("--samples-dir", m_folder, "Where samples are kept for the next time [the user's cache]");
    app.add_option("--plot", m_plot, "File for a picture of error against time (.svg)");
    app.add_flag("--json", m_asJson, "The report as JSON");
    app.footer("Teachers:\n" + teachers +
               "american and american_heston train both sides: --out heston.network makes heston_put.network and "
               "heston_call.network.\n"
               "Ctrl-C stops; the same command then goes on from the checkpoint.\n"
               "Example: vegadesk-cli train --teacher heston --net 4x64:silu --samples 500000 --epochs 60 --out "
               "heston.network");
}

void TrainCommand::show(const learning::CourseProgress& progress)
{
    if (wasInterrupted())
        m_stop.request_stop();
    if (::isatty(STDERR_FILENO) == 0)
        return;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_shownAt < std::chrono::milliseconds(200))
        return;
    m_shownAt = now;
    if (progress.samples < progress.samplesInAll)
        fmt::print(stderr, "\r{} of {} samples priced\x1b[K", progress.samples, progress.samplesInAll);
    else
        fmt::print(stderr, "\repoch {} of {}, mean square error {:.3g} held out, {:.0f} s left\x1b[K",
                   progress.epoch.epoch, m_epochs, progress.epoch.heldOutLoss, progress.secondsLeft);
}

base::Result<learning::CourseSettings> TrainCommand::settings(std::string_view side) const
{
    if (m_teacher.empty())
        return base::badInput("--teacher", "", "the name of one; see vegadesk-cli train --help");
    if (m_out.empty())
        return base::badInput("--out", "", "a file for the network");
    const auto teacher = learning::findTeacher(side.empty() ? m_teacher : fmt::format("{}_{}", m_teacher, side));
    if (!teacher)
        return tl::make_unexpected(teacher.error());
    const auto shape = shapeFrom(m_net);
    if (!shape)
        return tl::make_unexpected(shape.error());
    if (m_device != "cpu" && m_device != "cuda")
        return base::badInput("--device", m_device, "cpu or cuda");
    learning::CourseSettings out;
    out.teacher = *teacher;
    out.samples = m_samples;
    out.heldOut = m_heldOut;
    out.net = *shape;
    out.epochs = m_epochs;
    out.batch = m_batch;
    out.patience = m_patience;
    out.rate = m_rate;
    out.finalRate = m_finalRate;
    out.slopeWeight = m_slopeWeight;
    out.seed = m_seed;
    out.threads = m_threads;
    out.onGpu = m_device == "cuda";
    out.samplesFolder = !m_folder.empty() ? m_folder
                                          : (QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                                             QStringLiteral("/vegadesk/samples"))
                                                .toStdString();
    out.checkpoint = fileOf(m_out, side) + ".checkpoint";
    out.madeWith = VEGADESK_VERSION;
    return out;
}

base::Result<void> TrainCommand::plot(const learning::TrainedModel& model, std::string_view side) const
{
    return m_plot.empty() ? base::Result<void>() : desk::writeFile(fileOf(m_plot, side), errorPlot(model));
}

void TrainCommand::print(std::span<const learning::TrainedModel> models) const
{
    QJsonArray all;
    for (const learning::TrainedModel& each : models) {
        if (m_asJson)
            all.append(toJson(each));
        else
            fmt::print("{}{}", &each == models.data() ? "" : "\n", toText(each));
    }
    if (m_asJson)
        fmt::print("{}", (all.size() == 1 ? QJsonDocument(all[0].toObject()) : QJsonDocument(all))
                             .toJson(QJsonDocument::Indented)
                             .toStdString());
}

base::Result<learning::TrainedModel> TrainCommand::trainSide(std::string_view side,
                                                             const learning::TrainerPlugin& trainer)
{
    const auto chosen = settings(side);
    if (!chosen)
        return tl::make_unexpected(chosen.error());
    auto model = learning::runCourse(*chosen, trainer, m_stop.get_token(),
                                     [this](const learning::CourseProgress& progress) { show(progress); });
    if (::isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r\x1b[K");
    if (!model) {
        if (model.error().kind == base::ErrorKind::Cancelled)
            fmt::print(stderr, "vegadesk-cli: stopped; the same command goes on from {}\n", chosen->checkpoint);
        return model;
    }
    if (const auto written = model->write(fileOf(m_out, side)).and_then([&] { return plot(*model, side); }); !written)
        return tl::make_unexpected(written.error());
    return model;
}

int TrainCommand::train()
{
    std::vector<std::string_view> sides{"put", "call"};
    if (!std::ranges::all_of(sides, [this](std::string_view side) {
            return learning::findTeacher(fmt::format("{}_{}", m_teacher, side)).has_value();
        }))
        sides = {""};
    for (const std::string_view side : sides) {
        if (const auto chosen = settings(side); !chosen)
            return complain(chosen.error());
    }
    const auto trainer = learning::loadTrainer();
    if (!trainer)
        return complain(trainer.error());
    answerInterrupts({SIGINT, SIGTERM});
    std::vector<learning::TrainedModel> models;
    for (const std::string_view side : sides) {
        auto model = trainSide(side, **trainer);
        if (!model)
            return model.error().kind == base::ErrorKind::Cancelled ? interrupted : complain(model.error());
        models.push_back(*std::move(model));
    }
    // Not before: a command that is killed at the second side goes on there.
    for (const std::string_view side : sides) {
        std::error_code none;
        std::filesystem::remove(settings(side)->checkpoint, none);
    }
    print(models);
    return succeeded;
}

/// The same samples as when it was made, priced anew.
int TrainCommand::report()
{
    auto model = learning::TrainedModel::open(m_report);
    if (!model)
        return complain(model.error());
    answerInterrupts({SIGINT, SIGTERM});
    const auto samples = learning::reportSamples(*model, m_threads, m_stop.get_token(), [this](std::size_t done) {
        show({.samples = done, .samplesInAll = done + 1, .epoch = {}, .secondsLeft = 0});
    });
    if (::isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r\x1b[K");
    if (!samples)
        return samples.error().kind == base::ErrorKind::Cancelled ? interrupted : complain(samples.error());
    const auto predicted = learning::predict(model->network, *samples);
    if (!predicted)
        return complain(predicted.error());
    const learning::ErrorReport shipped = model->recipe.errors;
    model->recipe.errors = learning::errorsOf(*samples, *predicted);
    if (const auto written = plot(*model); !written)
        return complain(written.error());
    print(std::span(&*model, 1));
    const double found = model->recipe.errors.all.meanSquare;
    if (std::abs(found - shipped.all.meanSquare) <= 0.01 * shipped.all.meanSquare) {
        if (m_out.empty())
            return succeeded;
        const auto written = model->write(m_out);
        return written ? succeeded : complain(written.error());
    }
    fmt::print(stderr, "vegadesk-cli: the file says {:.3g} of its mean square error, and it is {:.3g}\n",
               shipped.all.meanSquare, found);
    return failed;
}

int TrainCommand::run(int /*argc*/, char** /*argv*/)
{
    return m_report.empty() ? train() : report();
}

} // namespace

std::unique_ptr<Command> trainCommand()
{
    return std::make_unique<TrainCommand>();
}

} // namespace vegadesk::cli
