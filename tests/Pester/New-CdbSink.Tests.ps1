BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbSink' {
    It 'names the kinds of destinations when none is given' {
        { New-CdbSink } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-ConnectorDb, -CsvFile, *-InfluxDb, *'
        { New-CdbSink -Name archive } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-ConnectorDb, *'
    }

    It 'hides secrets' {
        (New-CdbSink -GrafanaAnnotation http://localhost -Token swordfish | Format-List * | Out-String) | Should -Not -Match 'swordfish'
    }

    It 'hides a sealed token' {
        "$((New-CdbSink -InfluxDb http://localhost -Database d -Token (ConvertTo-SecureString 'swordfish' -AsPlainText -Force)).Token)" | Should -Be '********'
    }

    It 'rejects an invalid address' {
        { New-CdbSink -InfluxDb not-a-url -Database d } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'not-a-url'*"
    }

    It 'rejects a path that cannot be a file: <_>' -ForEach './folder/', './*.csv', '   ' {
        $path = $_
        { New-CdbSink -CsvFile $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
    }

    It 'refuses a path with the character NUL' {
        { New-CdbSink -CsvFile "a`0b" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'a\0b' is not a path*"
    }
}
