BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $first = Get-CdbConnection
    $second = Connect-Cdb -Path (Join-Path $TestDrive 'second.cdb') -WarningAction Ignore
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Select-CdbConnection' {
    It 'makes a connection the default' {
        Select-CdbConnection $first | Should -BeNullOrEmpty
        (Get-CdbInfo).Location | Should -Be $first.Location
        (Get-CdbConnection | Where-Object Location -eq $second.Location | Select-CdbConnection -PassThru).IsDefault | Should -BeTrue
        (Get-CdbInfo).Location | Should -Be $second.Location
    }

    It 'leaves the order of the connections' {
        Select-CdbConnection $first
        (Get-CdbConnection).Location | Should -Be $first.Location, $second.Location
    }

    It 'goes back to the default before when the selected one is closed' {
        $third = Connect-Cdb -Path (Join-Path $TestDrive 'third.cdb') -NoDefault
        Select-CdbConnection $second
        Select-CdbConnection $third
        Disconnect-Cdb
        (Get-CdbInfo).Location | Should -Be $second.Location
    }

    It 'takes <Case> for the connection' -ForEach @(
        @{ Case = 'the number'; Name = { $second.Id } }
        @{ Case = 'the number as text'; Name = { "$($second.Id)" } }
        @{ Case = 'the file'; Name = { $second.Location } }
        @{ Case = 'the file from the current folder'; Name = { './second.cdb' } }
        @{ Case = 'the name of the file'; Name = { 'second' } }
        @{ Case = 'a pattern'; Name = { '*sec*' } }
    ) {
        Push-Location $TestDrive
        Select-CdbConnection $first
        Select-CdbConnection (& $name)
        Pop-Location
        (Get-CdbInfo).Location | Should -Be $second.Location
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a name that none has'; Name = 'nowhere'; Says = "*'nowhere' names no open connection*Get-CdbConnection lists them: *second.cdb*" }
        @{ Case = 'a name that several have'; Name = 'me/user'; Says = "*'me/user' names 2 open connections*second.cdb*" }
        @{ Case = 'a pattern that matches several'; Name = '*'; Says = '*names 2 open connections*' }
        @{ Case = 'a pattern that is none'; Name = '['; Says = '*not a valid pattern*' }
    ) {
        { Select-CdbConnection $name } | Should -Throw -ErrorId 'ParameterArgumentTransformationError*' -ExpectedMessage $says
    }

    It 'takes the newest of several with the same file and login' {
        $newest = Connect-Cdb -Path $second.Location
        Select-CdbConnection $first
        (Select-CdbConnection second -PassThru).Id | Should -Be $newest.Id
        Disconnect-Cdb $newest
    }

    It 'switches back by the command of the warning' {
        Select-CdbConnection $first
        $null = Connect-Cdb -Path (Join-Path $TestDrive 'warned.cdb') -WarningVariable said -WarningAction SilentlyContinue
        Invoke-Expression ([regex]::Match("$said", 'Select-CdbConnection \d+').Value)
        (Get-CdbInfo).Location | Should -Be $first.Location
        Disconnect-Cdb warned
    }

    It 'refuses a closed connection' {
        $closed = Connect-Cdb -Path (Join-Path $TestDrive 'closed.cdb') -NoDefault
        Disconnect-Cdb $closed
        { Select-CdbConnection $closed -ErrorAction Stop } | Should -Throw -ErrorId 'StoreClosed*'
    }
}
