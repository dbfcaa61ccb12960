BeforeAll {
    . "$PSScriptRoot/store.ps1"

    function Invoke-Pwsh([string] $Script) {
        $process = Start-Pwsh $Script
        $null = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
    }

    # The number of datapoints in a copy of the file without those beside it.
    function Get-CountOfCopy([string] $Path) {
        $copy = Join-Path $TestDrive "$([guid]::NewGuid()).cdb"
        Copy-Item $Path $copy
        $connection = Connect-Cdb -Path $copy -MustExist
        (Get-CdbStream n -Connection $connection).Datapoints
        Disconnect-Cdb $connection
    }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'The end of a process' {
    It 'leaves a file that is complete by itself, after <_>' -ForEach 'the end of a script', 'exit', 'an error', 'Disconnect-Cdb' {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).cdb"
        $end = switch ($_) { 'the end of a script' { '' } 'exit' { 'exit 0' } 'an error' { 'throw "broken"' } 'Disconnect-Cdb' { 'Disconnect-Cdb' } }
        Invoke-Pwsh "`$null = Connect-Cdb '$path'; `$null = New-CdbStream n; 1..5 | Add-CdbDatapoint n; $end"
        Get-CountOfCopy $path | Should -Be 5
        (Get-Item "$path-wal" -ErrorAction Ignore).Length | Should -BeIn $null, 0
    }

    It 'leaves a file of a logger that is complete by itself' {
        $path = Join-Path $TestDrive 'logger.db'
        $lines = Join-Path $TestDrive 'logger.jsonl'
        Invoke-Pwsh "`$null = New-CdbLogger '$path'; Add-CdbLoggerStream n -Force; 1..5 | Write-CdbLog n; exit"
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
        $process = Start-Pwsh "`$null = Connect-Cdb '$path'; 1..5 | Add-CdbDatapoint n; 'ready'; `$PID; [Threading.Thread]::Sleep(-1)"
        $process.StandardOutput.ReadLine() | Should -Be 'ready'
        /bin/kill -HUP $process.StandardOutput.ReadLine()
        $ended = $process.WaitForExit([timespan] '00:02:00')
        if (-not $ended) { $process.Kill($true) }
        $ended | Should -BeTrue
        Get-CountOfCopy $path | Should -Be 5
    }
}
