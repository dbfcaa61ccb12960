BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Test-CdbSink' {
    It 'reports whether a destination can be written to' {
        Test-CdbSink (New-CdbSink -JsonFile $lines) | Should -BeTrue
        Test-CdbSink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d) -Quiet | Should -BeFalse
    }

    It 'creates nothing, and says what the first write will create: <Kind>' -TestCases @(
        @{ Kind = 'a file in a missing folder'; Sink = { New-CdbSink -JsonFile $path }; Says = "*the folder*deep*and in it the file '*deep*new.x'*" }
        @{ Kind = 'a store'; Sink = { New-CdbSink -ConnectorDb $path }; Says = "*the folder*deep*and in it the store '*deep*new.x'*" }
    ) {
        $deep = Join-Path $TestDrive "deep-$([guid]::NewGuid())"
        $path = Join-Path $deep 'new.x'
        Test-CdbSink (& $sink) -InformationVariable said | Should -BeTrue
        "$said" | Should -BeLike $says
        $deep | Should -Not -Exist
    }

    It 'changes nothing in an empty file that would become a store' {
        $path = (New-Item (Join-Path $TestDrive 'empty.cdb')).FullName
        Test-CdbSink (New-CdbSink -ConnectorDb $path) -InformationVariable said | Should -BeTrue
        "$said" | Should -BeLike '*a store in*empty file*'
        (Get-Item $path).Length | Should -Be 0
    }

    It 'reports a missing store to which only its owner could log in' {
        { Test-CdbSink (New-CdbSink -ConnectorDb "$TestDrive/no.cdb" -ApiKey k) -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        { Test-CdbSink (New-CdbSink -ConnectorDb "$cache/below.cdb") -ErrorAction Stop } | Should -Throw -ExpectedMessage '*cannot be created*is a file and no folder*'
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

    It 'gives up on destinations that accept connections and do not respond' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $address = "http://$($listener.LocalEndpoint)"
            $sinks = (New-CdbSink -InfluxDb $address -Database d), (New-CdbSink -GrafanaAnnotation $address -Token t), (New-CdbSink -ConnectorDb $address -ApiKey k), (New-CdbSink -JsonFile $lines)
            Test-CdbSink $sinks -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeTrue
            $problems.Count | Should -Be 3
            $problems | ForEach-Object { "$_" | Should -BeLike '*did not respond within 10 seconds*' }
        }
        finally {
            $listener.Stop()
        }
    }
}
