BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Stop-CdbLogger' {
    It 'sends what waits before it closes' {
        $file = Join-Path $TestDrive 'b.jsonl'
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db') -Sink (New-CdbSink -JsonFile $file)
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        Stop-CdbLogger $other
        Get-Content $file | Should -HaveCount 1
    }

    It 'stops the logger of a path' {
        $path = Join-Path $TestDrive 'third.db'
        $other = New-CdbLogger $path
        Stop-CdbLogger $path
        $other.IsOpen | Should -BeFalse
    }

    It 'fails when asked to and something was not sent' {
        $other = Start-CdbLogger (Join-Path $TestDrive 'fourth.db') -Sink (New-CdbSink -ScriptBlock { throw 'down' })
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        { Stop-CdbLogger $other -ThrowOnFailure } | Should -Throw -ErrorId 'SinkFailed*'
        $other.IsOpen | Should -BeFalse
    }

    It 'names a path that no open logger has' {
        { Stop-CdbLogger (Join-Path $TestDrive 'unknown.db') -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'sends all entries and returns the result of the last sync with -PassThru' {
        $file = Join-Path $TestDrive 'fifth.jsonl'
        $other = Start-CdbLogger (Join-Path $TestDrive 'fifth.db') -Sink (New-CdbSink -JsonFile $file)
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        (Stop-CdbLogger $other -PassThru).Succeeded | Should -BeTrue
        Get-Content $file | Should -HaveCount 1
    }
}
