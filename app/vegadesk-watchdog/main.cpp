#include "program.h"

int main(int argc, char** argv)
{
    return vegadesk::watchdog::run(argc, argv);
}
