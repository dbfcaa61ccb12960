BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbSink' {
    It 'names the kinds of destinations when none is given' {
        { New-CdbSink } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-ConnectorDb, -CsvFile, *-InfluxDb, *'
        { New-CdbSink -Name archive } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-ConnectorDb, *'
    }

    It 'says which kinds a parameter belongs to when it does not tell the kind' {
        { New-CdbSink -Token x } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-Token belongs to -GrafanaAnnotation or -InfluxDb*New-CdbSink -InfluxDb $influxDb -Database $database -Token $token*'
        { New-CdbSink -Token x -ApiKey y } | Should -Throw -ExpectedMessage '*-ApiKey*-ConnectorDb or -InitialState*'
        { New-CdbSink -JsonFile x -CsvFile y } | Should -Throw -ExpectedMessage '*one kind*New-CdbSink -CsvFile $csvFile*'
    }

    It 'hides secrets' {
        (New-CdbSink -GrafanaAnnotation http://localhost -Token swordfish | Format-List * | Out-String) | Should -Not -Match 'swordfish'
    }

    It 'hides a sealed token' {
        "$((New-CdbSink -InfluxDb http://localhost -Database d -Token (ConvertTo-SecureString 'swordfish' -AsPlainText -Force)).Token)" | Should -Be '********'
    }

    It 'refuses -As for a server' {
        { New-CdbSink -ConnectorDb http://127.0.0.1:9 -As pi -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-ApiKey*'
    }

    It 'takes an MQTT broker with its login' {
        $sink = New-CdbSink -Mqtt mqtts://broker.example -Topic 'house/{channel}' -Payload Value -Credential ([pscredential]::new('me', (ConvertTo-SecureString swordfish -AsPlainText -Force)))
        $sink.Location | Should -Be 'mqtts://broker.example/house/{channel}'
        $sink.UserName | Should -Be me
        $sink | Format-List * | Out-String | Should -Not -Match swordfish
        { New-CdbSink -Mqtt http://broker.example } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*mqtt://broker.example*'
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

    Context 'with isstreamer.ini' {
        BeforeAll {
            $here = (New-Item -ItemType Directory (Join-Path $TestDrive here)).FullName
            $other = (New-Item -ItemType Directory (Join-Path $TestDrive other)).FullName
            "[isstreamer.client_config]`naccess_key: here`ndefault_bucket: Attic`n[isstreamer.api_config]`nstream_api_base: http://here.example" | Set-Content (Join-Path $here isstreamer.ini)
            "[isstreamer.client_config]`naccess_key: other`ndefault_bucket: Cellar`noffline_mode: true`noffline_file: later" | Set-Content (Join-Path $other isstreamer.ini)
            Push-Location $here
        }

        AfterAll { Pop-Location }

        It 'reads the file in the current location of PowerShell' {
            $sink = New-CdbSink -InitialState key
            $sink.BucketName, $sink.Location | Should -Be 'Attic', 'http://here.example/key'
        }

        It 'reads the file of another folder, and says that its offline mode writes to a file' {
            foreach ($file in '../other', '../other/isstreamer.ini') {
                $sink = New-CdbSink -InitialState key -IniFile $file -WarningVariable said -WarningAction SilentlyContinue
                $sink.BucketName, $sink.Location | Should -Be 'Cellar', (Join-Path $here later.csv)
                "$said" | Should -BeLike '*offline_mode*later.csv*'
            }
            { New-CdbSink -InitialState key -IniFile ./nothing } | Should -Throw -ExpectedMessage '*no file*nothing*'
        }

        It 'generates the key of a bucket that has only a name, which a logger keeps' {
            $keys = 1..2 | ForEach-Object {
                $log = New-CdbLogger ./bucket.db -Sink (New-CdbSink -BucketName 'The attic' -ApiKey k) -WarningAction Stop
                $log.Destinations.Location
                Stop-CdbLogger $log
            }
            $keys[0] | Should -BeLike 'http://here.example/????????-*'
            $keys[1] | Should -Be $keys[0]
            [guid](New-CdbSink -IniFile ./isstreamer.ini).BucketKey | Should -Not -Be ([guid]::Empty)
        }
    }

    It 'refuses an address where a key, a name or a file belongs: <Case>' -ForEach @(
        @{ Case = 'the key of a bucket'; By = { New-CdbSink -InitialState http://house.example/x -ApiKey k }; Says = '*New-CdbSink -InitialState KEY -Url http://house.example/x' }
        @{ Case = 'the name of a bucket'; By = { New-CdbSink -InitialState b -ApiKey k -BucketName http://house.example }; Says = '*-BucketName*-Url http://house.example' }
        @{ Case = 'an access key'; By = { New-CdbSink -InitialState b -ApiKey https://house.example/secret }; Says = 'The value of -ApiKey is the address*-Url ADDRESS' }
        @{ Case = 'a database'; By = { New-CdbSink -InfluxDb http://house.example -Database http://house.example }; Says = '*-Database*New-CdbSink -InfluxDb http://house.example' }
        @{ Case = 'a token'; By = { New-CdbSink -GrafanaAnnotation http://house.example -Token http://house.example }; Says = '*-Token*New-CdbSink -GrafanaAnnotation ADDRESS' }
        @{ Case = 'an API key'; By = { New-CdbSink -ConnectorDb http://house.example -ApiKey http://house.example }; Says = '*-ApiKey*New-CdbSink -ConnectorDb ADDRESS' }
        @{ Case = 'a file of JSON lines'; By = { New-CdbSink -JsonFile http://house.example/x }; Says = '*-JsonFile takes the path of a file*' }
        @{ Case = 'a CSV file'; By = { New-CdbSink -CsvFile http://house.example/x }; Says = '*-CsvFile takes the path of a file*' }
        @{ Case = 'a host without a scheme'; By = { New-CdbSink -ConnectorDb house.example:3124 }; Says = '*New-CdbSink -ConnectorDb http://house.example:3124' }
        @{ Case = 'a name as an InfluxDB'; By = { New-CdbSink -InfluxDb house -Database d }; Says = '*not the address of a server*' }
        @{ Case = 'a key as a Grafana'; By = { New-CdbSink -GrafanaAnnotation glsa_key -Token t }; Says = '*not the address of a server*' }
        @{ Case = 'a name as the address of Initial State'; By = { New-CdbSink -InitialState b -ApiKey k -Url house }; Says = '*not the address of a server*' }
    ) {
        $message = { & $by } | Should -Throw -ErrorId 'InvalidValue*' -PassThru
        "$message" | Should -BeLike $says
        "$message" | Should -Not -BeLike '*secret*'
    }
}
