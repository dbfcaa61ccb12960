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
}
