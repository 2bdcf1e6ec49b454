#include "desk/thread_priority.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace vegadesk::desk
{

void giveWay()
{
#ifdef Q_OS_LINUX
    constexpr int nice = 10;
    // On Linux a nice value is a thread's own.
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    if (::getpriority(PRIO_PROCESS, thread) < nice)
        ::setpriority(PRIO_PROCESS, thread, nice);
#endif
}

} // namespace vegadesk::desk
