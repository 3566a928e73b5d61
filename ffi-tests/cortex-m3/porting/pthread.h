/* Stands in for POSIX threads on a board that has one thread: programs that lock for the sake of hosts compile unchanged. */
#ifndef PTHREAD_H
#define PTHREAD_H

typedef int pthread_mutex_t;
#define PTHREAD_MUTEX_INITIALIZER 0

static inline int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    *mutex = 1;
    return 0;
}

static inline int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    *mutex = 0;
    return 0;
}

#endif /* PTHREAD_H */
