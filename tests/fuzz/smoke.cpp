// Runs a fuzz target without libFuzzer: over every file of a corpus, then over seeded mutations of them. What it finds it
// finds again, since neither time nor chance comes in; the input is then in the file named.
//   fuzz_<target> CORPUS [mutations = 4000]

#include "base/log.h"
#include "mutation.h"
#include "target.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace vegadesk;

namespace
{

QByteArray current; // for whoever has to be told what it was
constexpr const char* keptAs = "fuzz-input.txt";

void keepInput(int signal)
{
    if (std::FILE* const file = std::fopen(keptAs, "wb")) {
        std::fwrite(current.constData(), 1, static_cast<std::size_t>(current.size()), file);
        std::fclose(file);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const QByteArray& input)
{
    current = input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.constData()),
                           static_cast<std::size_t>(current.size()));
}

} // namespace

int main(int argc, char** argv)
{
    const long mutations = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 4000;
    const QDir folder(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    base::log::configure(base::log::Level::Off);
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL})
        std::signal(signal, keepInput);
    std::vector<QByteArray> corpus;
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QFile::ReadOnly))
            corpus.push_back(file.readAll());
    }
    if (argc < 2 || corpus.empty() || mutations < 0) {
        std::fprintf(stderr, "%s: a folder with inputs is needed, and a number of mutations that is not negative\n",
                     argv[0]);
        return 2;
    }
    for (const QByteArray& input : corpus)
        run(input);
    base::Generator chance(20261120);
    for (long i = 0; i < mutations; ++i)
        run(tests::mutate(corpus[static_cast<std::size_t>(i) % corpus.size()], chance));
    std::printf("%zu inputs and %ld mutations of them\n", corpus.size(), mutations);
    return 0;
}
