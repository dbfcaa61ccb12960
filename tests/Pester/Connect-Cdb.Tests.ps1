BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Connect-Cdb' {
    It 'makes a store that is not there, and its folders' {
        $path = Join-Path $TestDrive 'new/deep/store.cdb'
        $connection = Connect-Cdb -Path $path
        $path | Should -Exist
        $connection.Location | Should -Be $path
        "$($connection.Identity)" | Should -Be 'me/user'
        Disconnect-Cdb $connection
    }

    It 'keeps what was stored for the next time' {
        $path = Join-Path $TestDrive 'kept.cdb'
        $connection = Connect-Cdb -Path $path
        $null = New-CdbStream temperature
        21.5 | Add-CdbDatapoint temperature
        Disconnect-Cdb $connection

        $connection = Connect-Cdb -Path $path
        (Get-CdbDatapoint temperature).Data | Should -Be 21.5
        Disconnect-Cdb $connection
    }

    It 'takes a path relative to the current folder' {
        Push-Location $TestDrive
        try {
            $connection = Connect-Cdb -Path 'relative.cdb'
            $connection.Location | Should -Be (Join-Path $TestDrive 'relative.cdb')
            Disconnect-Cdb $connection
        }
        finally {
            Pop-Location
        }
    }

    It 'becomes the default of the runspace' {
        $path = Join-Path $TestDrive 'default.cdb'
        $connection = Connect-Cdb -Path $path
        (Get-CdbInfo).Location | Should -Be $path
        Disconnect-Cdb $connection
    }

    It 'logs in as another device with -As' {
        $null = New-CdbDevice pi
        $connection = Connect-Cdb -Path $store -As pi
        "$($connection.Identity)" | Should -Be 'me/pi'
        Disconnect-Cdb $connection
    }

    It 'logs in with a key' {
        $device = New-CdbDevice keyed
        $connection = Connect-Cdb -Path $store -ApiKey $device.ApiKey
        "$($connection.Identity)" | Should -Be 'me/keyed'
        Disconnect-Cdb $connection
    }

    It 'logs in with a name and a password' {
        $credential = [pscredential]::new('ada', (ConvertTo-SecureString 'a long enough password' -AsPlainText -Force))
        $null = New-CdbUser -Credential $credential
        $connection = Connect-Cdb -Path $store -Credential $credential
        "$($connection.Identity)" | Should -Be 'ada/user'
        Disconnect-Cdb $connection
    }

    It 'refuses a wrong key, and does not repeat it' {
        $problem = { Connect-Cdb -Path $store -ApiKey 'not-a-key-at-all' } | Should -Throw -ErrorId 'AuthenticationFailed*' -PassThru
        $problem.Exception.Message | Should -Not -Match 'not-a-key-at-all'
    }

    It 'refuses a file that is no store, and leaves it alone' {
        $path = Join-Path $TestDrive 'letter.txt'
        Set-Content $path ('Dear store, ' * 500)
        { Connect-Cdb -Path $path } | Should -Throw -ErrorId 'StoreNotAStore*'
        Get-Content $path -TotalCount 1 | Should -Match '^Dear store'
    }

    It 'logs in at a server, where the other cmdlets do the same' {
        $key = (Get-CdbDevice user).ApiKey
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $connection = Connect-Cdb -Url $server.Url -ApiKey (ConvertTo-SecureString $key -AsPlainText -Force)
        "$($connection.Identity)" | Should -Be 'me/user'
        $null = New-CdbStream far -Connection $connection
        1, 2 | Add-CdbDatapoint far -Connection $connection
        (Get-CdbDatapoint far -Connection $connection).Data | Should -Be 1, 2
        ($connection | Format-List * -Force | Out-String) | Should -Not -Match ([regex]::Escape($key))
        Disconnect-Cdb $connection
        Stop-CdbServer $server
    }

    It 'says what to do when nothing answers' {
        { Connect-Cdb -Url http://127.0.0.1:1 -ApiKey x } | Should -Throw -ErrorId 'StoreUnreachable*' -ExpectedMessage '*Check the address*'
    }

    It 'says what a device is called that is not there' {
        { Connect-Cdb -Path $store -As nobody } | Should -Throw -ExpectedMessage '*nobody*'
    }
}
