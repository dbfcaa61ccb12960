using System.Collections.Concurrent;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The lock of a poll file between processes: a file beside it that a writer keeps open exclusively.</summary>
/// <remarks>
/// Windows replaces no file that is open (https://github.com/dotnet/runtime/issues/79213). So a reader waits there until no process has the lock,
/// without taking it: once a writer has the lock, each reader opens the file at most once more, and the writer waits for the last of them.
/// </remarks>
internal static class PollFileLock
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan s_patienceOfWriter = TimeSpan.FromSeconds(30);

    // Longer than a writer that works tries to replace the file. Afterwards reading is still correct, so that no hung process stops it.
    private static readonly TimeSpan s_patienceOfReader = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>One thread of a process at a time tries to open a lock file, because each try that fails costs an exception.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_turns = new(StringComparer.Ordinal);

    /// <summary>Takes the lock, waiting up to 30 s for other writers. The operating system releases it when the process ends.</summary>
    /// <param name="file">The full path of the poll file, without symbolic links.</param>
    /// <exception cref="FileAccessException">The lock file cannot be opened.</exception>
    public static IDisposable Take(string file)
    {
        SemaphoreSlim turn = s_turns.GetOrAdd(PathOf(file), _ => new SemaphoreSlim(1));
        if (!turn.Wait(s_patienceOfWriter))
        {
            throw new FileAccessException($"The configuration file '{file}' cannot be changed, because other changes of this process have taken {s_patienceOfWriter.TotalSeconds} s. Try again.", file);
        }

        try
        {
            return new Turn(turn, Open(PathOf(file)));
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    /// <summary>Waits on Windows until no process has the lock.</summary>
    /// <param name="file">The full path of the poll file, without symbolic links.</param>
    public static void WaitForWriter(string file)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (OperatingSystem.IsWindows() && IsTaken(PathOf(file)) && TimeProvider.System.GetElapsedTime(began) < s_patienceOfReader)
        {
            Thread.Sleep(s_pause);
        }
    }

    private static FileStream Open(string path)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                bool isHeld = error is IOException and not (DirectoryNotFoundException or PathTooLongException);
                if (!isHeld || TimeProvider.System.GetElapsedTime(began) > s_patienceOfWriter)
                {
                    throw new FileAccessException($"The configuration file cannot be changed, because its lock file '{path}' cannot be opened: {error.Message}", path, error);
                }

                Thread.Sleep(s_pause);
            }
        }
    }

    private static bool IsTaken(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is none yet, or this account may not open it: reading the poll file does not depend on it.
            return error.HResult == SharingViolation;
        }
    }

    private static string PathOf(string file) => file + ".lock";

    private sealed class Turn(SemaphoreSlim turn, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            turn.Release();
        }
    }
}
