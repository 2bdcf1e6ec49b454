#include "joined.h"

#include <cstdio>
#include <map>
#include <string>
#include <string_view>

namespace vegadesk::tests
{

namespace
{

using Programs = std::map<std::string_view, int (*)(int, char**)>;

/// Made when the first test names itself, which is before `main`.
Programs& programs()
{
    static Programs all;
    return all;
}

} // namespace

Joined::Joined(const char* name, int (*program)(int, char**))
{
    programs().emplace(name, program);
}

} // namespace vegadesk::tests

/// The first argument names the test; the others are its own.
int main(int argc, char** argv)
{
    const auto& all = vegadesk::tests::programs();
    const auto chosen = argc > 1 ? all.find(argv[1]) : all.end();
    if (chosen == all.end()) {
        std::fprintf(stderr, "usage: %s TEST [Qt Test's arguments]; the tests:\n", argv[0]);
        for (const auto& [name, program] : all)
            std::fprintf(stderr, "  %s\n", std::string(name).c_str());
        return 2;
    }
    argv[1] = argv[0];
    return chosen->second(argc - 1, argv + 1);
}
