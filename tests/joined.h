#pragma once

namespace vegadesk::tests
{

/// A test that shares its program with others of its folder (test_programs.cmake): its name for ctest and what was its `main`.
class Joined
{
public:
    Joined(const char* name, int (*program)(int, char**));
};

} // namespace vegadesk::tests
