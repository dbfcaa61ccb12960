BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $pwsh = (Get-Process -Id $PID).Path
    $prelude = "`$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; "

    # The number of datapoints in a copy of the file without those beside it.
    function Get-CountOfCopy([string] $Path) {
        $copy = Join-Path $TestDrive "$([guid]::NewGuid()).cdb"
        Copy-Item $Path $copy
        $connection = Connect-Cdb -Path $copy -MustExist
        (Get-CdbStream n -Connection $connection).Count
        Disconnect-Cdb $connection
    }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'The end of a process' {
    It 'leaves a file that is complete by itself, after <_>' -ForEach 'the end of a script', 'exit', 'an error', 'Disconnect-Cdb' {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).cdb"
        $end = switch ($_) { 'the end of a script' { '' } 'exit' { 'exit 0' } 'an error' { 'throw "broken"' } 'Disconnect-Cdb' { 'Disconnect-Cdb' } }
        $null = & $pwsh -NoProfile -Command "$prelude `$null = Connect-Cdb '$path'; `$null = New-CdbStream n; 1..5 | Add-CdbDatapoint n; $end" 2>&1
        Get-CountOfCopy $path | Should -Be 5
        (Get-Item "$path-wal" -ErrorAction Ignore).Length | Should -BeIn $null, 0
    }

    It 'leaves a file of a logger that is complete by itself' {
        $path = Join-Path $TestDrive 'logger.db'
        $lines = Join-Path $TestDrive 'logger.jsonl'
        $null = & $pwsh -NoProfile -Command "$prelude `$null = New-CdbLogger '$path'; Add-CdbLoggerStream n; 1..5 | Write-CdbLog n; exit"
        Copy-Item $path "$path.copy"
        $logger = New-CdbLogger "$path.copy" -Sink (New-CdbSink -JsonFile $lines)
        $null = Sync-CdbLogger $logger
        Stop-CdbLogger $logger
        Get-Content $lines | Should -HaveCount 5
    }

    It 'leaves a complete file when the window is closed' -Skip:$IsWindows {
        $path = Join-Path $TestDrive 'closed.cdb'
        $null = Connect-Cdb -Path $path
        $null = New-CdbStream n
        Disconnect-Cdb
        $script = "$prelude `$null = Connect-Cdb '$path'; 1..5 | Add-CdbDatapoint n; 'ready'; `$PID; while (`$true) { [Threading.Thread]::Sleep(1000) }"
        $start = [System.Diagnostics.ProcessStartInfo]::new($pwsh, [string[]] ('-NoProfile', '-Command', $script))
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadLine() | Should -Be 'ready'
        /bin/kill -HUP $process.StandardOutput.ReadLine()
        $process.WaitForExit()
        Get-CountOfCopy $path | Should -Be 5
    }
}
