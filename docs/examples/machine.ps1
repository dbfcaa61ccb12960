<#
.SYNOPSIS
Functions that measure this machine with nothing but .NET, on Windows, Linux and macOS. The quickstart uses them.
#>

# Seconds that all CPUs together have worked since some moment in the past, and seconds they could have.
function Get-CpuTime {
    if ([System.IO.File]::Exists('/proc/stat')) {
        # user, nice, system, idle, iowait, irq, softirq, steal: hundredths of a second since the start of the machine.
        [double[]] $ticks = (-split [System.IO.File]::ReadAllLines('/proc/stat')[0])[1..8]
        $possible = 0.0
        foreach ($t in $ticks) { $possible += $t / 100 }
        return @{ Worked = $possible - ($ticks[3] + $ticks[4]) / 100; Possible = $possible }
    }

    $worked = 0.0
    foreach ($process in [System.Diagnostics.Process]::GetProcesses()) {
        # Processes that the system does not let us look into are left out.
        try { $worked += $process.TotalProcessorTime.TotalSeconds } catch { continue } finally { $process.Dispose() }
    }
    @{ Worked = $worked; Possible = [Environment]::TickCount64 / 1000 * [Environment]::ProcessorCount }
}

# The percentage of its CPUs that the machine has used since the last call.
function Measure-Cpu {
    $now = Get-CpuTime
    $before, $script:CpuTime = $script:CpuTime, $now
    $possible = $now.Possible - $before.Possible
    if ($possible -le 0) { return 0.0 }
    [Math]::Round([Math]::Clamp(100 * ($now.Worked - $before.Worked) / $possible, 0, 100), 1)
}

# The memory in use, in megabytes.
function Measure-Memory {
    if ([System.IO.File]::Exists('/proc/meminfo')) {
        $kilobytes = @{}
        foreach ($line in [System.IO.File]::ReadLines('/proc/meminfo')) {
            $name, $amount, $null = $line -split '[:\s]+'
            $kilobytes[$name] = [double] $amount
        }
        return [Math]::Round(($kilobytes.MemTotal - $kilobytes.MemAvailable) / 1KB, 1)
    }

    # What the runtime knows of the machine's memory, which is as old as its last collection.
    [GC]::Collect(0)
    [Math]::Round([GC]::GetGCMemoryInfo().MemoryLoadBytes / 1MB, 1)
}

# The free space on the disk of a folder, in gigabytes.
function Measure-Disk([string] $Folder) {
    [Math]::Round([System.IO.DriveInfo]::new($Folder).AvailableFreeSpace / 1GB, 3)
}

# Milliseconds from this machine to itself and back: an ICMP echo or, where we may send none, a connection over TCP.
function Measure-Ping {
    if ($script:MayPing) {
        try {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $reply = [System.Net.NetworkInformation.Ping]::new().Send([System.Net.IPAddress]::Loopback, 1000)
            if ($reply.Status -eq 'Success') { return [Math]::Round($watch.Elapsed.TotalMilliseconds, 3) }
            $script:MayPing = $false
        }
        catch { $script:MayPing = $false }
    }

    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $client = [System.Net.Sockets.TcpClient]::new()
    try {
        $listener.Start()
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $client.Connect($listener.LocalEndpoint)
        [Math]::Round($watch.Elapsed.TotalMilliseconds, 3)
    }
    finally {
        $client.Dispose()
        $listener.Stop()
    }
}

$script:CpuTime = Get-CpuTime
$script:MayPing = $true
