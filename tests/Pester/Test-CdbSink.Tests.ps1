BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Test-CdbSink' {
    It 'reports whether a destination can be written to' {
        Test-CdbSink (New-CdbSink -JsonFile $lines) | Should -BeTrue
        Test-CdbSink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d) -Quiet | Should -BeFalse
    }

    It 'says what is wrong with a destination and what to do' {
        { Test-CdbSink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d) -ErrorAction Stop } | Should -Throw -ExpectedMessage '*Check the address and the port*'
        { Test-CdbSink (New-CdbSink -InfluxDb http://nothing.invalid -Database d) -ErrorAction Stop } | Should -Throw -ExpectedMessage "*no host 'nothing.invalid'*"
    }

    It 'does not speak of entries, which only a logger has: <Kind>' -TestCases @(
        @{ Kind = 'no service'; Sink = { New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d } }
        @{ Kind = 'no file'; Sink = { New-CdbSink -JsonFile "$cache/below.jsonl" } }
    ) {
        $to = & $sink
        Test-CdbSink $to -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -Not -BeLike '*entries*'
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db") -Sink $to
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        (Sync-CdbLogger $log -WarningAction SilentlyContinue).Destinations.Error | Should -BeLike '*[a-z]. The logger keeps the entries.'
        Stop-CdbLogger $log -WarningAction SilentlyContinue
    }
}
